"""Colleagues on the live board, written whole: a board of two hundred is drawn every two seconds.

Icons stand once on the page, outside of the part that refreshes itself, and are used by name.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from extensions.board.board import Colleague
from extensions.looks import DEVICE_LOOKS, STATUS_LOOKS, DeviceState, Look, look_of
from extensions.models import StatusKind
from extensions.templatetags.live import running
from portal.core.templatetags.look import icon

register = template.Library()

STAR = "star"


@register.simple_tag
def people_icons() -> SafeString:
    """The drawings that `people_tiles` and `people_rows` use, for the page around them."""
    names = sorted({STAR, *(look.icon for look in (*DEVICE_LOOKS.values(), *STATUS_LOOKS.values()))})
    drawings = (_symbol(name) for name in names)
    return SafeString(f'<svg class="sprite" aria-hidden="true" focusable="false">{"".join(drawings)}</svg>')


@register.simple_tag(takes_context=True)
def people_tiles(context: Any, colleagues: Iterable[Colleague], group: int = 0) -> SafeString:
    """The tiles of these colleagues; `group` tells apart the tiles of somebody who stands in several groups."""
    star = _star_for(context, f"{group}-" if group else "")
    return SafeString("".join(_tile(one, star(one)) for one in colleagues))


@register.simple_tag(takes_context=True)
def people_rows(context: Any, colleagues: Iterable[Colleague]) -> SafeString:
    """The same as rows of a table."""
    star = _star_for(context)
    return SafeString("".join(_row(one, star(one)) for one in colleagues))


def _tile(one: Colleague, star: str) -> str:
    talks = ""
    if one.since:
        other = f"{escape(one.other)} · " if one.other else ""
        talks = f'<div class="live-with">{other}{running(one.since)}</div>'
    return (
        f'<li class="live-person state-edge {look_of(one.device).css}"><div class="live-name">'
        f'<span class="mono">{one.number}</span> <b>{escape(one.name)}</b>{star}</div>'
        f'<div class="live-states">{_device(one.device)}{_status(one)}</div>{talks}</li>'
    )


def _row(one: Colleague, star: str) -> str:
    since = running(one.since) if one.since else ""
    return (
        f'<tr><td class="mono">{one.number}</td><td>{escape(one.name)}</td><td>{_device(one.device)}</td>'
        f'<td>{_status(one)}</td><td class="secondary">{escape(one.other)}</td><td class="nowrap">{since}</td>'
        f"<td>{star}</td></tr>"
    )


def _star_for(context: Any, place: str = "") -> Any:
    """Draws the button that makes somebody a favourite; nothing for those who have none of their own."""
    if context["user"].is_guest:
        return lambda _one: ""
    address = reverse("extensions:live_favourite", args=["00000"])
    words = escape(_("%(name)s is a favourite"))

    def star(one: Colleague) -> str:
        label = words.replace("%(name)s", escape(one.name))
        mark = _use(STAR, "is-marked" if one.favourite else "")
        pressed = "true" if one.favourite else "false"
        return (
            f'<button class="live-star" id="star-{place}{one.number}" type="submit" form="favourite-form"'
            f' aria-label="{label}" aria-pressed="{pressed}"'
            f' formaction="{address.replace("00000", one.number)}">{mark}</button>'
        )

    return star


def _device(state: DeviceState) -> str:
    return _chip(look_of(state), str(state.label), get_language())


def _status(one: Colleague) -> str:
    return _chip(STATUS_LOOKS[StatusKind(one.status.kind)], str(one.status.label), get_language())


@lru_cache(maxsize=500)
def _chip(look: Look, label: str, _language: str | None) -> str:
    return f'<span class="state {look.css}">{_use(look.icon)}{escape(label)}</span>'


def _use(name: str, css: str = "") -> str:
    return f'<svg class="{f"ico {css}".rstrip()}" aria-hidden="true"><use href="#ico-{name}"></use></svg>'


@lru_cache(maxsize=200)
def _symbol(name: str) -> str:
    drawing = str(icon(name))
    inner = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]
    return f'<symbol id="ico-{name}" viewBox="0 0 24 24">{inner}</symbol>'
