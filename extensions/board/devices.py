"""What telephones and lamps show, from what the PBX tells (PRS-02, BLF-03)."""

from extensions.looks import DeviceState
from extensions.looks import LineState as Lamp
from extensions.models import StatusKind
from extensions.pbx.events import LineState
from extensions.pbx.live.reader import Live

_DEVICES = {
    LineState.IDLE: DeviceState.READY,
    LineState.RINGING: DeviceState.RINGING,
    LineState.IN_CALL: DeviceState.IN_CALL,
    LineState.ON_HOLD: DeviceState.ON_HOLD,
    LineState.BUSY: DeviceState.BUSY,
    LineState.UNREACHABLE: DeviceState.UNREACHABLE,
    LineState.UNREGISTERED: DeviceState.UNREGISTERED,
}
_BUSY_LAMPS = {
    DeviceState.RINGING: Lamp.RINGING,
    DeviceState.IN_CALL: Lamp.IN_CALL,
    DeviceState.ON_HOLD: Lamp.HOLD,
}
_QUIET_LAMPS = {
    DeviceState.UNREGISTERED: Lamp.OFFLINE,
    DeviceState.UNREACHABLE: Lamp.OFFLINE,
    DeviceState.UNKNOWN: Lamp.UNKNOWN,
    DeviceState.HIDDEN: Lamp.UNKNOWN,
}
QUIET = frozenset(_QUIET_LAMPS)  # states that tell nothing about calls
_AWAY = frozenset({StatusKind.BUSY, StatusKind.AWAY, StatusKind.CUSTOM_1, StatusKind.CUSTOM_2, StatusKind.LOGGED_OUT})


def device_of(live: Live, number: str) -> DeviceState:
    """What the telephones of an extension do; unknown where nobody tells."""
    if not live.link.tells:
        return DeviceState.UNKNOWN
    state = live.lines.get(number)
    if state is None:
        return DeviceState.UNREGISTERED if not live.phones.get(number) else DeviceState.READY
    return _DEVICES[state]


def seen_device(device: DeviceState, *, hidden: bool) -> DeviceState:
    """What administrators see: whether somebody is registered always, but not what they do where that is hidden."""
    return DeviceState.HIDDEN if hidden and device not in QUIET else device


def lamp_of(device: DeviceState, status: StatusKind) -> Lamp:
    """What a lamp that watches a colleague shows: a call first, then whether they can be disturbed (BLF-03)."""
    if device in _BUSY_LAMPS:
        return _BUSY_LAMPS[device]
    if device in _QUIET_LAMPS:
        return _QUIET_LAMPS[device]
    if status is StatusKind.DND:
        return Lamp.DND
    return Lamp.AWAY if status in _AWAY or device is DeviceState.BUSY else Lamp.IDLE
