"""Where labels stand so that they cover neither each other nor what they name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import cos, hypot, inf, pi, sin

import numpy as np

DISTANCES = (10.0, 18.0, 28.0, 40.0, 56.0, 74.0, 96.0)
DIRECTIONS = 16
LETTER = 0.56
LINE = 1.25
NO_LEADER = 14.0
MOST_ROUNDS = 50
# what a side makes of the left and top end of a label: how many of its widths and heights before the place it goes to
MIDDLE, RIGHT, LEFT, TOP, BOTTOM = range(5)
SIDES = ("middle", "right", "left", "top", "bottom")
BEFORE = np.array([(0.5, 0.5), (0, 0.5), (1, 0.5), (0.5, 1), (0.5, 0)])


@dataclass(frozen=True)
class Obstacle:
    """A round thing, in pixels, that a label should not cover; `weight` is the cost of a pixel of overlap."""

    x: float
    y: float
    radius: float
    weight: float = 1.0


@dataclass(frozen=True)
class Label:
    """A text for the thing at (x, y), in pixels; `room` is how wide it may be to stand on the thing itself."""

    text: str
    x: float
    y: float
    room: float = 0.0


@dataclass(frozen=True)
class Placed:
    """Where a label goes. `side` is where the text lies seen from (x, y): right, left, top, bottom, or middle."""

    label: Label
    x: float
    y: float
    side: str
    has_leader: bool


Box = tuple[float, float, float, float]


# where a label could go, by its number: what that costs, how far that is from what it names, the box around it
Place = tuple[int, float, float, Box]


def _around() -> Iterable[tuple[float, float, float, int]]:
    """Places around a thing, the nearest first: how far off it, that to the right and down, and which side."""
    yield 0, 0, 0, MIDDLE
    for distance in DISTANCES:
        for step in range(DIRECTIONS):
            right, down = cos(2 * pi * step / DIRECTIONS), sin(2 * pi * step / DIRECTIONS)
            is_steep = abs(down) > 0.8
            side = (BOTTOM if down > 0 else TOP) if is_steep else (RIGHT if right > 0 else LEFT)
            yield distance, distance * right, distance * down, side


AROUND = tuple(_around())
OFFSETS, SIDE = np.array([each[:3] for each in AROUND]), np.array([each[3] for each in AROUND])


@dataclass(frozen=True, eq=False)
class LabelPlacer:
    """Where labels may stand: `canvas` is its width and height, `size` that of the letters, in pixels. What it finds
    out about a label it keeps, so that one ground serves many answers."""

    obstacles: Sequence[Obstacle]
    canvas: tuple[float, float]
    size: float
    _known: dict[Label, list[Place]] = field(default_factory=dict, init=False)

    def place(self, labels: Sequence[Label]) -> list[Placed]:
        """One place for each label, most important first; one that would cover another label is left out.

        Each takes the cheapest of the places around it: near, inside the canvas, off the obstacles; one that has room
        on what it names stands there.
        """
        taken: list[tuple[Placed, Box]] = []
        for label in labels:
            best: tuple[Placed, Box] | None = None
            least = inf
            for number, cost, distance, box in self._places(label):
                if cost < least:
                    placed = _placed(label, number)
                    if not _is_taken(placed, box, taken):
                        best, least = (placed, box), cost
                elif distance >= least:
                    break  # places come by distance, which alone already costs more
            if best is not None:
                taken.append(best)
        return [placed for placed, _ in taken]

    def _places(self, label: Label) -> list[Place]:
        """The places inside the canvas, the nearest first. A pixel away from the thing named costs as much as a pixel
        of some other thing covered; what stands on the thing itself covers nothing else."""
        if label not in self._known:
            (wide, tall), (width, height) = (_wide(label, self.size), self.size * LINE), self.canvas
            left = label.x + OFFSETS[:, 1] - BEFORE[SIDE, 0] * wide
            top = label.y + OFFSETS[:, 2] - BEFORE[SIDE, 1] * tall
            is_inside = (left >= 4) & (top >= 2) & (left + wide <= width - 4) & (top + tall <= height - 2)
            is_inside[0] &= wide <= label.room
            (numbers,) = np.nonzero(is_inside)
            boxes = np.stack([left, top, left + wide, top + tall], axis=1)[numbers]
            distances = OFFSETS[numbers, 0]
            costs = np.where(numbers == 0, 0, self._covered(boxes) + distances)
            self._known[label] = list(
                zip(numbers.tolist(), costs.tolist(), distances.tolist(), map(tuple, boxes.tolist()), strict=True)
            )
        return self._known[label]

    def _covered(self, boxes: np.ndarray) -> np.ndarray:
        """How much of obstacles each box covers, by their weight."""
        left, top, right, bottom, weight = self._squares
        boxes = boxes.reshape(-1, 4, 1)
        wide = np.minimum(right, boxes[:, 2]) - np.maximum(left, boxes[:, 0])
        tall = np.minimum(bottom, boxes[:, 3]) - np.maximum(top, boxes[:, 1])
        return np.asarray((np.maximum(wide, 0) * np.maximum(tall, 0)) @ weight)

    @cached_property
    def _squares(self) -> np.ndarray:
        """left, top, right, bottom, weight of each obstacle, as rows of an array."""
        return np.array(
            [(o.x - o.radius, o.y - o.radius, o.x + o.radius, o.y + o.radius, o.weight) for o in self.obstacles]
        ).T.reshape(5, len(self.obstacles))


def place_labels(
    labels: Sequence[Label], obstacles: Sequence[Obstacle], *, canvas: tuple[float, float], size: float
) -> list[Placed]:
    """`Ground.place` on a ground that is needed once."""
    return LabelPlacer(obstacles, canvas, size).place(labels)


def stack(positions: Sequence[float], *, gap: float, low: float, high: float) -> list[float]:
    """Positions (ascending) moved apart until neighbours are at least `gap` apart, as little as possible, within
    low..high where they fit. Groups that collide share their shift (pool adjacent violators)."""
    groups: list[tuple[float, int]] = []  # sum of wished positions less their offset, members
    for at, position in enumerate(positions):
        total, members = position - gap * at, 1
        while groups and groups[-1][0] / groups[-1][1] > total / members:
            before, more = groups.pop()
            total, members = before + total, more + members
        groups.append((total, members))
    longest = max(high - gap * (len(positions) - 1), low)
    bounded = [(min(max(total / members, low), longest), members) for total, members in groups]
    return [shift + gap * at for at, shift in enumerate(shift for shift, members in bounded for _ in range(members))]


def repel(spots: Sequence[tuple[float, float]], *, gap: float) -> list[tuple[float, float]]:
    """Points moved, each pair by the same way along its own line, until all are at least `gap` from each other."""
    moved = [list(spot) for spot in spots]
    for _ in range(MOST_ROUNDS):
        is_settled = True
        for at, one in enumerate(moved):
            for other in moved[at + 1 :]:
                dx, dy = other[0] - one[0], other[1] - one[1]
                distance = (dx * dx + dy * dy) ** 0.5
                if distance >= gap - 0.01:
                    continue
                is_settled = False
                share = (gap - distance) / 2 / (distance or 1)
                dx, dy = (dx, dy) if distance else (1.0, 0.0)
                one[0], one[1] = one[0] - dx * share, one[1] - dy * share
                other[0], other[1] = other[0] + dx * share, other[1] + dy * share
        if is_settled:
            break
    return [(x, y) for x, y in moved]


def _placed(label: Label, number: int) -> Placed:
    distance, right, down, side = AROUND[number]
    return Placed(label, label.x + right, label.y + down, SIDES[side], distance > NO_LEADER)


def _wide(label: Label, size: float) -> float:
    return len(label.text) * size * LETTER + 4


def _is_taken(placed: Placed, box: Box, taken: Sequence[tuple[Placed, Box]]) -> bool:
    """Whether a label would cover another one, or its leader line would, or be covered."""
    left, top, right, bottom = box
    for other, of_other in taken:
        of_left, of_top, of_right, of_bottom = of_other
        if left < of_right and of_left < right and top < of_bottom and of_top < bottom:
            return True
        if placed.has_leader and _crosses(placed, of_other):
            return True
        if other.has_leader and _crosses(other, box):
            return True
    return False


def _crosses(placed: Placed, box: Box) -> bool:
    """Whether the leader line of a label runs through a box; looked at in steps of a few pixels."""
    if not _may_cross(placed, box):
        return False
    steps = max(int(_distance(placed) / 3), 1)
    for step in range(steps + 1):
        x = placed.x + (placed.label.x - placed.x) * step / steps
        y = placed.y + (placed.label.y - placed.y) * step / steps
        if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            return True
    return False


def _may_cross(placed: Placed, box: Box) -> bool:
    """Whether the line is not wholly on one side of the box, which most are."""
    (x, y), to = (placed.x, placed.y), placed.label
    is_beside = (x < box[0] and to.x < box[0]) or (x > box[2] and to.x > box[2])
    return not (is_beside or (y < box[1] and to.y < box[1]) or (y > box[3] and to.y > box[3]))


def _distance(placed: Placed) -> float:
    return hypot(placed.x - placed.label.x, placed.y - placed.label.y)
