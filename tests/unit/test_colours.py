"""Contrast and colour-vision distances, computed from the tokens themselves."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

TOKENS = (Path(__file__).parents[2] / "assets" / "css" / "10-tokens.css").read_text(encoding="utf-8")
THEMES = ("light", "dark")
VISIONS = ("normal", "deuteranopia", "protanopia", "tritanopia")
# smallest CIEDE2000 differences: neighbours in the stack, classes in order, any two classes
LEAST_NEIGHBOURS, LEAST_CLASSES = 20.0, 10.0
# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB
SIMULATIONS = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def tokens(theme: str) -> dict[str, str]:
    light, _, dark = TOKENS.partition('[data-theme="dark"]')
    found = dict(re.findall(r"--([\w-]+): (#[0-9A-Fa-f]{6})", light))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9A-Fa-f]{6})", dark)) if theme == "dark" else found


def linear(colour: str) -> np.ndarray:
    values = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""
    light, dark = sorted((float(linear(each) @ [0.2126, 0.7152, 0.0722]) for each in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(colour: str, vision: str) -> np.ndarray:
    rgb = linear(colour)
    if vision != "normal":
        rgb = np.clip(np.array(SIMULATIONS[vision]) @ rgb, 0, 1)
    xyz = (
        np.array(
            [
                [0.4124564, 0.3575761, 0.1804375],
                [0.2126729, 0.7151522, 0.0721750],
                [0.0193339, 0.1191920, 0.9503041],
            ]
        )
        @ rgb
    )
    scaled = xyz / [0.95047, 1.0, 1.08883]
    f = np.where(scaled > 216 / 24389, np.cbrt(scaled), (24389 / 27 * scaled + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(one: np.ndarray, other: np.ndarray) -> float:
    """Sharma, Wu and Dalal (2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_c = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(mean_c**7 / (mean_c**7 + 25.0**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    dl, dc = l2 - l1, c2 - c1
    dh = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dh_ = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(dh / 2))
    ml, mc = (l1 + l2) / 2, (c1 + c2) / 2
    if c1 * c2 == 0:
        mh = h1 + h2
    elif abs(h1 - h2) <= 180:
        mh = (h1 + h2) / 2
    else:
        mh = (h1 + h2 + 360) / 2 if h1 + h2 < 360 else (h1 + h2 - 360) / 2
    t = 1 - 0.17 * np.cos(np.radians(mh - 30)) + 0.24 * np.cos(np.radians(2 * mh))
    t += 0.32 * np.cos(np.radians(3 * mh + 6)) - 0.20 * np.cos(np.radians(4 * mh - 63))
    sl = 1 + 0.015 * (ml - 50) ** 2 / np.sqrt(20 + (ml - 50) ** 2)
    sc, sh = 1 + 0.045 * mc, 1 + 0.015 * mc * t
    rt = -2 * np.sqrt(mc**7 / (mc**7 + 25.0**7)) * np.sin(np.radians(60 * np.exp(-(((mh - 275) / 25) ** 2))))
    return float(np.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh_ / sh) ** 2 + rt * (dc / sc) * (dh_ / sh)))


def test_the_difference_formula_is_the_published_one() -> None:
    """Pairs from the supplementary data of Sharma, Wu and Dalal."""
    for one, other, expected in [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ]:
        assert ciede2000(np.array(one), np.array(other)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("card", "page", "sunk")),
        ("accent", "card"),
        ("accent", "accent-soft"),
        ("count", "card"),
        ("card", "count"),
        ("card", "ink"),
        ("sample-edge", "sample-bg"),
        ("sample-edge", "card"),
        ("ink", "sample-bg"),
    ],
)
def test_no_text_below_4_5_to_1(theme: str, ink: str, ground: str) -> None:
    found = tokens(theme)
    assert contrast(found[ink], found[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("mark", "ground"),
    [("edge", "card"), ("edge", "page"), ("zero-edge", "card"), ("accent", "card"), ("count", "card")],
)
def test_outlines_that_mean_something_3_to_1(theme: str, mark: str, ground: str) -> None:
    found = tokens(theme)
    assert contrast(found[mark], found[ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_classes_of_the_map_are_told_apart(theme: str, vision: str) -> None:
    found = tokens(theme)
    ramp = [lab(found[f"c{number}"], vision) for number in range(1, 6)]
    assert all(ciede2000(one, other) >= LEAST_CLASSES for one, other in combinations(ramp, 2))
    lightness = [each[0] for each in ramp]
    assert lightness == sorted(lightness, reverse=theme == "light"), "more is stronger, in grey too"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_land_is_no_class(theme: str, vision: str) -> None:
    found = tokens(theme)
    for number in range(1, 6):
        assert ciede2000(lab(found["land"], vision), lab(found[f"c{number}"], vision)) >= LEAST_CLASSES


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_regions_that_touch_in_the_stack_are_told_apart(theme: str, vision: str) -> None:
    found = tokens(theme)
    stack = [lab(found[f"r{number}"], vision) for number in range(1, 9)]
    assert all(ciede2000(one, other) >= LEAST_NEIGHBOURS for one, other in pairwise(stack))


def test_raw_colours_stand_in_one_file_only() -> None:
    folder = Path(__file__).parents[2] / "assets"
    for path in [*folder.glob("css/*.css"), *folder.glob("js/*.js")]:
        if path.name != "10-tokens.css":
            text = re.sub(r'url\("data:[^"]*"\)', "", path.read_text(encoding="utf-8"))
            assert re.findall(r"#[0-9A-Fa-f]{3,8}\b(?=[;,)}\s])", text) == [], path
