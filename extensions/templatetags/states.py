"""Chips of agent statuses and lines: `{% status_chip status %}`, `{% line_chip state "03:19" %}`; tables call them."""

from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from extensions.looks import DeviceState, LineState, Look, look_of
from extensions.models import StatusKind
from portal.core.templatetags.look import icon

register = template.Library()


@register.simple_tag
def status_chip(status: Any, detail: Any = "") -> SafeString:
    """Chip of an agent status: anything with `kind` and `label` (AgentStatus, StatusFacts), or a StatusKind."""
    kind = StatusKind(getattr(status, "kind", status))
    return _chip(look_of(kind), getattr(status, "label", "") or kind.label, detail)


@register.simple_tag
def line_chip(state: Any, detail: Any = "") -> SafeString:
    """Chip of a line's state, with a timer or a name behind the word."""
    found = LineState(state)
    return _chip(look_of(found), found.label, detail)


@register.simple_tag
def device_chip(state: DeviceState, detail: Any = "") -> SafeString:
    """Chip of what telephones do (PRS-02), with who it is about behind the word."""
    return _chip(look_of(state), state.label, detail) if detail else _bare_device_chip(state, get_language())


@lru_cache(maxsize=200)
def _bare_device_chip(state: DeviceState, _language: str | None) -> SafeString:
    return _chip(look_of(state), state.label, "")


@register.filter
def device_css(state: DeviceState) -> str:
    """The class that says which state a tile is in."""
    return look_of(state).css


@register.filter
def status_css(status: Any) -> str:
    """The class that says which state a tile is in."""
    return look_of(StatusKind(getattr(status, "kind", status))).css


@register.filter
def status_icon(status: Any) -> str:
    """The name of the icon of a status."""
    return look_of(StatusKind(getattr(status, "kind", status))).icon


def _chip(look: Look, label: Any, detail: Any) -> SafeString:
    more = format_html('<span class="state-detail">· {}</span>', detail) if detail else ""
    return format_html('<span class="state {}">{}{}{}</span>', look.css, icon(look.icon), label, more)
