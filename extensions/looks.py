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


class DeviceState(models.TextChoices):
    """What the telephones of an extension do, beside what their owner says of themselves (PRS-02)."""

    READY = "ready", _("Ready")
    RINGING = "ringing", _("Ringing")
    IN_CALL = "in_call", _("On a call")
    ON_HOLD = "on_hold", _("On hold")
    BUSY = "busy", _("Busy")
    UNREACHABLE = "unreachable", _("Not reachable")
    UNREGISTERED = "unregistered", _("Not registered")
    HIDDEN = "hidden", _("Not visible")
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
DEVICE_LOOKS = {
    DeviceState.READY: Look("plug-connected", "state-available"),
    DeviceState.RINGING: LINE_LOOKS[LineState.RINGING],
    DeviceState.IN_CALL: LINE_LOOKS[LineState.IN_CALL],
    DeviceState.ON_HOLD: LINE_LOOKS[LineState.HOLD],
    DeviceState.BUSY: Look("circle-x", "state-busy"),
    DeviceState.UNREACHABLE: Look("wifi-off", "state-unreachable"),
    DeviceState.UNREGISTERED: LINE_LOOKS[LineState.OFFLINE],
    DeviceState.HIDDEN: Look("eye-off", "state-hidden"),
    DeviceState.UNKNOWN: LINE_LOOKS[LineState.UNKNOWN],
}


def look_of(state: StatusKind | LineState | DeviceState) -> Look:
    """Icon, colour and edge of an agent status, of a line or of a device."""
    if isinstance(state, DeviceState):
        return DEVICE_LOOKS[state]
    return LINE_LOOKS[state] if isinstance(state, LineState) else STATUS_LOOKS[StatusKind(state)]
