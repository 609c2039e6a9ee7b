"""Drawing the live state: how far it can be believed, calls, and durations that tick in the browser."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from extensions.looks import DEVICE_LOOKS, LINE_LOOKS, DeviceState, LineState, Look
from extensions.pbx.live.calls import CallState, Direction
from extensions.pbx.live.reader import LinkNow, LiveStatus
from portal.core.phone_numbers import for_people
from portal.core.templatetags.look import icon

register = template.Library()

_CALLS: dict[CallState, Look] = {
    CallState.DIALLING: Look("phone-outgoing", "state-ringing"),
    CallState.RINGING: DEVICE_LOOKS[DeviceState.RINGING],
    CallState.UP: DEVICE_LOOKS[DeviceState.IN_CALL],
    CallState.HOLD: DEVICE_LOOKS[DeviceState.ON_HOLD],
    CallState.PARKED: LINE_LOOKS[LineState.PARKED],
}
_DIRECTIONS = {
    Direction.INTERNAL: "arrows-exchange",
    Direction.INCOMING: "phone-incoming",
    Direction.OUTGOING: "phone-outgoing",
}


@dataclass(frozen=True, slots=True)
class LinkWords:
    """A sentence about the connection, and how loud it is."""

    text: str
    tone: str


@register.simple_tag
def link_words(link: LinkNow) -> LinkWords:
    """What a page says about the connection to the PBX, and since when."""
    when = moment_words(link.since) if link.since else ""
    if link.status is LiveStatus.SIMULATED:
        return LinkWords(_("A simulator plays these calls. No telephone rings."), "")
    if link.status is LiveStatus.AWAY:
        return LinkWords(
            _("The PBX is away since %(when)s. What telephones do is not known.") % {"when": when}, "danger"
        )
    if link.status is LiveStatus.OFF:
        return LinkWords(_("Your provider switched the connection off at %(when)s.") % {"when": when}, "warning")
    if link.status is LiveStatus.STARTING:
        return LinkWords(_("The connection to the PBX is being made."), "")
    if link.status is LiveStatus.STALE:
        since = _("There is no news from the PBX since %(when)s.") % {"when": when}
        return LinkWords(since if when else _("There is no news from the PBX."), "warning")
    return LinkWords(_("This telephone system is on no PBX yet. What telephones do shows here as soon as it is."), "")


@register.simple_tag
def call_chip(state: CallState) -> SafeString:
    """Chip of a call's state."""
    look = _CALLS[state]
    return format_html('<span class="state {}">{}{}</span>', look.css, icon(look.icon), state.label)


@register.simple_tag
def lamp_chip(lamp: Any) -> SafeString:
    """Chip of a key's lamp: anything with `look` and `word`."""
    return format_html('<span class="state {}">{}{}</span>', lamp.look.css, icon(lamp.look.icon), lamp.word)


@register.simple_tag
def direction_icon(direction: Direction) -> SafeString:
    """The drawing of a direction; the word stands beside it."""
    return icon(_DIRECTIONS[direction])


@register.simple_tag
def outside_words(number: str, name: str) -> str:
    """A party of a call: the number as people write it, and the name that came with it."""
    return f"{for_people(number)} {name}".strip() or _("Unknown")


@register.simple_tag
def running(since: datetime) -> SafeString:
    """How long it is since `since`, ticking in the browser; without scripts, since when."""
    words = _("since %(time)s") % {"time": date_format(localtime(since), "H:i:s")}
    return format_html(
        '<time class="ticking" data-behaviour="ticking" datetime="{}" data-since="{}">{}</time>',
        since.isoformat(timespec="seconds"),
        int(since.timestamp()),
        words,
    )


def moment_words(when: datetime) -> Any:
    """A moment: its time today, else with the day."""
    local = localtime(when)
    today = localtime().date() == local.date()
    return date_format(local, "TIME_FORMAT" if today else "SHORT_DATETIME_FORMAT")
