"""The colours of tokens.css keep their contrast in both themes (UXP-04, WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).resolve().parents[2] / "static/css/tokens.css").read_text()
TEXT = ["text", "muted", "action", "action-strong"]
STATES = "action good warning danger hold parked dnd away out quiet inhouse violet teal".split()  # noqa: SIM905


def theme(name: str) -> dict[str, str]:
    """The colour tokens of one theme."""
    selector = '\\[data-bs-theme="' + name + '"\\] {'
    found = re.search(selector + r"(.*?)\n}", TOKENS.split(":root {")[0], re.S)
    assert found
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6}|\d+%)", found.group(1)))


def channels(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def luminance(rgb: list[float]) -> float:
    linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: list[float], other: list[float]) -> float:
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tinted(colour: str, surface: str, share: str) -> list[float]:
    part = int(share.rstrip("%")) / 100
    return [part * a + (1 - part) * b for a, b in zip(channels(colour), channels(surface), strict=True)]


@pytest.mark.feature("UXP-04")
@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_is_readable_on_every_ground(name: str) -> None:
    colours = theme(name)
    weak = {
        f"{text} on {ground}": round(contrast(channels(colours[text]), channels(colours[ground])), 2)
        for text in TEXT
        for ground in ("page", "surface", "sunken", "hover")
    }

    assert {pair: value for pair, value in weak.items() if value < 4.5} == {}


@pytest.mark.feature("UXP-04")
@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_word_of_a_chip_is_readable_on_its_own_tint(name: str) -> None:
    colours = theme(name)
    values = {
        state: round(
            contrast(channels(colours[state]), tinted(colours[state], colours["surface"], colours["tint"])),
            2,
        )
        for state in STATES
    }

    assert {state: value for state, value in values.items() if value < 4.5} == {}


@pytest.mark.feature("UXP-04")
@pytest.mark.parametrize("name", ["light", "dark"])
def test_edges_of_controls_stand_out_three_to_one(name: str) -> None:
    colours = theme(name)
    values = [contrast(channels(colours["control"]), channels(colours[ground])) for ground in ("page", "surface")]

    assert min(values) >= 3


@pytest.mark.feature("UXP-04")
@pytest.mark.parametrize("name", ["light", "dark"])
def test_words_on_buttons_are_readable(name: str) -> None:
    colours = theme(name)
    grounds = ["button", "button-hover", "danger-button"]
    values = {ground: contrast(channels(colours["on-button"]), channels(colours[ground])) for ground in grounds}

    assert {ground: value for ground, value in values.items() if value < 4.5} == {}
