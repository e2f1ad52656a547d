"""How large the place of a figure is meant to be, in the pixels its letters are measured in.

The browser magnifies a stage's figures as a whole (`assets/css/70-stage.css`), letters, lines and marks alike; what
is laid out before drawing (labels, axes that leave room for them) has to know how much room is left then.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Viewport:
    """`map`: the whole map; `growth`: the plot inside the axes of the growth chart, of which `labels` are for the
    labels at its right; `narrow_growth` the plot's width on the narrowest canvas, 0 where there is only one."""

    map: tuple[float, float] = (832.0, 300.0)
    growth: tuple[float, float] = (790.0, 186.0)
    labels: float = 160.0
    narrow_growth: float = 0.0
    has_milestones: bool = True


DESK = Viewport()
# half of the width of a desk, where two cards stand side by side
HALF = Viewport(map=(590.0, 270.0))
# a 16:9 canvas of 1280 by 720 (4:3: 1024 by 768), magnified so that the smallest letters are 24 high
STAGE = Viewport(map=(560.0, 200.0), growth=(482.0, 158.0), labels=152.0, narrow_growth=366.0, has_milestones=False)
