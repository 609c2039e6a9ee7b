"""Icons, chips, cards and the small filters."""

from dataclasses import dataclass

import pytest
from django.template import Context, Template

from portal.core.templatetags.look import TONES, UnknownIcon, browser_name, chip, icon, initials, short_id, tone_chip

LINUX_CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36"
WINDOWS_EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0 Safari/537.36 Edg/142.0"


@dataclass
class State:
    label: str
    tone: str = ""
    icon: str = ""


def drawn(source: str, **context: object) -> str:
    return Template("{% load look %}" + source).render(Context(context))


def test_an_icon_is_hidden_from_screen_readers_and_has_one_line() -> None:
    drawing = icon("phone")

    assert 'aria-hidden="true"' in drawing
    assert "\n" not in drawing


@pytest.mark.parametrize("name", ["nothing-like-this", "../lock", "Phone", ""])
def test_an_unknown_icon_is_refused(name: str) -> None:
    with pytest.raises(UnknownIcon, match=r"bin/vendor\.icons"):
        icon(name)


@pytest.mark.feature("UXP-04")
@pytest.mark.parametrize("tone", TONES)
def test_a_chip_says_its_state_by_shape_and_word(tone: str) -> None:
    drawing = chip(State("Being tested", tone))

    assert "<svg" in drawing
    assert "Being tested" in drawing
    assert f"chip-{tone}" in drawing


@pytest.mark.feature("UXP-04")
def test_no_two_tones_share_colour_and_shape() -> None:
    assert len(set(TONES.values())) == len(TONES)


def test_a_chip_escapes_its_word() -> None:
    assert "<b>" not in chip(State("<b>bold</b>"))
    assert "<b>" not in tone_chip("good", "<b>bold</b>")


def test_an_unknown_tone_is_refused() -> None:
    with pytest.raises(ValueError, match="no tone"):
        chip(State("Odd", "purple"))


def test_no_state_draws_nothing() -> None:
    assert chip(None) == ""


def test_a_card_holds_its_title_and_content() -> None:
    html = drawn('{% card title icon="users" aside="3 of 9" %}<p>Inside</p>{% endcard %}', title="Con<tacts")

    assert "Con&lt;tacts" in html
    assert '<div class="card-body"><p>Inside</p></div>' in html
    assert "3 of 9" in html


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Olivia Operator", "OO"), ("prpkeAdmin@kenton-electronics.com", "PC"), ("Zoë", "Z"), ("", "?"), (None, "?")],
)
def test_the_avatar_shows_initials(name: str | None, letters: str) -> None:
    assert initials(name) == letters


def test_long_identifiers_are_shortened_in_view() -> None:
    assert short_id("0f3a9c1e-7b11-4c51-9f2e-0a1b2c3d4e5f") == "0f3a9c1e…"
    assert short_id("TR-42") == "TR-42"


@pytest.mark.parametrize(
    ("told", "called"),
    [
        (LINUX_CHROME, "Chrome on Linux"),
        (WINDOWS_EDGE, "Edge on Windows"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", "Unknown"),
    ],
)
def test_browsers_have_names_that_people_use(told: str, called: str) -> None:
    assert browser_name(told) == called
