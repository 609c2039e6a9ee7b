"""Sounds, a shared voicemail box, parking and a conference room of a demonstration company."""

import math
import struct
from datetime import datetime
from itertools import chain

from django.core.files.base import ContentFile

from extensions.models import AudioPurpose, Extension, Mailbox
from extensions.services.audio.keep import upload_sound
from extensions.services.conference.rooms import change_members, create_room
from extensions.services.parking.lot import label_slots, set_up_parking
from extensions.services.parking.place import put_slot_on_keys
from extensions.services.parking.ranges import proposed_range
from extensions.services.pins import new_pin
from extensions.services.voicemail.boxes import create_shared_mailbox, ensure_mailboxes
from extensions.services.voicemail.greeting import set_greeting
from extensions.services.voicemail.pin import number_of, set_pin
from portal.accounts.models import User
from portal.sites.demo.telephony.characters import character
from portal.sites.demo.telephony.habits import UP, habits

_RATE = 8000  # samples a second; chimes instead of speech, which no machine here can make


def furnish(*, by: User, at: datetime) -> None:
    """Fill the active tenant; its extensions exist. Repeatable in a new installation, and the same every time."""
    for name, tones in habits().sounds:
        upload_sound(name=name, purpose=AudioPurpose.ANNOUNCEMENT, file=chime(tones), by=by, at=at)
    ensure_mailboxes()
    _pins(by=by)
    _orders(by=by, at=at)
    _parking(by=by)
    _board_room(by=by)


def chime(tones: tuple[tuple[int, float], ...]) -> ContentFile:
    """A WAV file that plays `tones` (hertz, seconds; 0 hertz is silence) one after the other, each fading out."""
    sound = b"".join(chain.from_iterable(_tone(hertz, seconds) for hertz, seconds in tones))
    header = struct.pack("<HHIIHH", 1, 1, _RATE, _RATE * 2, 2, 16)
    chunks = b"fmt " + struct.pack("<I", len(header)) + header + b"data" + struct.pack("<I", len(sound)) + sound
    return ContentFile(b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WAVE" + chunks, name="chime.wav")


def _tone(hertz: int, seconds: float) -> list[bytes]:
    count = int(seconds * _RATE)
    return [
        struct.pack("<h", int(9000 * math.sin(2 * math.pi * hertz * n / _RATE) * (1 - n / count))) for n in range(count)
    ]


def _pins(*, by: User) -> None:
    """A PIN for every box but those of the last two: somebody has always forgotten to."""
    boxes = list(Mailbox.objects.exclude(extension=None).select_related("extension").order_by("extension__number"))
    for box in boxes[:-2]:
        set_pin(mailbox=box, pin=new_pin(own_number=number_of(box)), by=by)


def _orders(*, by: User, at: datetime) -> None:
    if Mailbox.objects.filter(extension=None).exists():
        return
    number = next(n for n in ("500", "550", "5000") if not Extension.objects.filter(number=n).exists())
    box = create_shared_mailbox(number=number, name=character().box, email="", by=by)
    set_pin(mailbox=box, pin=new_pin(own_number=number), by=by)
    set_greeting(mailbox=box, greeting=None, file=chime(UP), version=None, by=by, at=at)


def _parking(*, by: User) -> None:
    proposal = proposed_range()
    if proposal is None:
        return
    lot = set_up_parking(wanted=proposal, by=by)
    label_slots(labels=dict(zip(proposal.slots, character().slots, strict=False)), version=None, by=by)
    first = lot.slots.order_by("number").first()
    if first is not None:
        put_slot_on_keys(slot=first, extensions=_some_without_panel(2), by=by)


def _some_without_panel(count: int) -> list[Extension]:
    return list(Extension.objects.filter(key_panel=None).order_by("number")[:count])


def _board_room(*, by: User) -> None:
    number = next(n for n in ("890", "990", "8900") if not Extension.objects.filter(number=n).exists())
    room = create_room(
        number=number, name=character().room, most=12, announce=True, wait_for_member=False, with_pin=True, by=by
    )
    members = Extension.objects.order_by("number").values_list("pk", flat=True)[:4]
    change_members(room=room, add=list(members), remove=[], by=by)
