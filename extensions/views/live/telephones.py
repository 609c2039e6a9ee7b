"""What the card about an extension's telephones shows (PRS-02)."""

from typing import Any

from extensions.board.devices import device_of, seen_device
from extensions.keys.visibility import hidden_among
from extensions.looks import DeviceState
from extensions.models import Extension
from extensions.pbx.live.reader import Live, lines_now


def telephones_now(extension: Extension) -> dict[str, Any]:
    """What the card shows: the device's state, the registered telephones, and how far that can be believed."""
    live: Live = lines_now([extension.number])
    hidden = extension.pk in hidden_among([extension])
    device: DeviceState = seen_device(device_of(live, extension.number), hidden=hidden)
    return {"live": live, "device": device, "registered": live.phones.get(extension.number, ())}
