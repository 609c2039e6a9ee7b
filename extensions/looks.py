"""How lines and people look: icon, colour and edge of each state, and the words of a line's (PRS-01, BLF-03)."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from extensions.models import StatusKind


@dataclass(frozen=True, slots=True)
class Look:
    """`css` is the second class beside `state` or `state-edge` in static/css/states.css."""

    icon: str
    css: str


class LineState(models.TextChoices):
    """What a lamp shows of a line."""

    IDLE = "idle", _("Available")
    RINGING = "ringing", _("Ringing")
    IN_CALL = "in_call", _("On a call")
    HOLD = "hold", _("On hold")
    PARKED = "parked", _("Parked")
    DND = "dnd", _("Do not disturb")
    AWAY = "away", _("Away")
    OFFLINE = "offline", _("Not registered")
    UNKNOWN = "unknown", _("No data")


STATUS_LOOKS = {
    StatusKind.AVAILABLE: Look("circle-check", "state-available"),
    StatusKind.BUSY: Look("circle-x", "state-busy"),
    StatusKind.AWAY: Look("clock", "state-away"),
    StatusKind.DND: Look("circle-minus", "state-dnd"),
    StatusKind.CUSTOM_1: Look("flag", "state-custom-1"),
    StatusKind.CUSTOM_2: Look("star", "state-custom-2"),
    StatusKind.LOGGED_OUT: Look("moon", "state-out"),
}
LINE_LOOKS = {
    LineState.IDLE: Look("circle-check", "state-available"),
    LineState.RINGING: Look("phone-incoming", "state-ringing"),
    LineState.IN_CALL: Look("phone-call", "state-in-call"),
    LineState.HOLD: Look("player-pause", "state-hold"),
    LineState.PARKED: Look("square-letter-p", "state-parked"),
    LineState.DND: Look("circle-minus", "state-dnd"),
    LineState.AWAY: Look("clock", "state-away"),
    LineState.OFFLINE: Look("plug", "state-unregistered"),
    LineState.UNKNOWN: Look("question-mark", "state-unknown"),
}


def look_of(state: StatusKind | LineState) -> Look:
    """Icon, colour and edge of an agent status or of a line."""
    return LINE_LOOKS[state] if isinstance(state, LineState) else STATUS_LOOKS[StatusKind(state)]
