"""States differ by icon, word and edge, never by colour alone (BLF-03's words, UXP-04)."""

import re
from pathlib import Path

import pytest

from extensions.looks import LINE_LOOKS, STATUS_LOOKS, LineState, look_of
from extensions.models import StatusKind
from extensions.templatetags.states import line_chip, status_chip

CSS = (Path(__file__).resolve().parents[3] / "static" / "css" / "states.css").read_text()


@pytest.mark.feature("UXP-04")
@pytest.mark.parametrize("looks", [STATUS_LOOKS, LINE_LOOKS])
def test_no_two_states_share_an_icon_or_a_word(looks: dict) -> None:
    assert len({look.icon for look in looks.values()}) == len(looks)
    assert len({str(state.label) for state in looks}) == len(looks)


@pytest.mark.parametrize("state", [*StatusKind, *LineState])
def test_every_state_has_its_rule_in_the_style_sheet(state: StatusKind | LineState) -> None:
    assert re.search(rf"\.{look_of(state).css} {{[^}}]*--c:", CSS)


def test_a_lamp_says_idle_ringing_in_call_on_hold_away_and_offline_with_icon_and_word() -> None:
    chips = [line_chip(state) for state in LineState]

    words = ("Available", "Ringing", "On a call", "On hold", "Do not disturb", "Away", "Not registered")
    assert all(any(word in chip and "<svg" in chip for chip in chips) for word in words)
    assert "· 03:19" in line_chip(LineState.IN_CALL, "03:19")


def test_a_renamed_status_keeps_its_look_and_its_name_is_escaped() -> None:
    class Renamed:
        kind = "custom_1"
        label = "<b>Training</b>"

    assert "&lt;b&gt;Training" in status_chip(Renamed())
    assert "state-custom-1" in status_chip(Renamed())
