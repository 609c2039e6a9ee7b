"""Sounds, voicemail boxes, parking and conference rooms for the access matrix."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from extensions.models import AudioFile, AudioPurpose, ConferenceRoom, Mailbox, ParkingLot, ParkingSlot, Team
from extensions.services.audio.keep import upload_sound
from tests.extensions.voice.sounds import wav
from tests.world import MARKERS


def values() -> dict[tuple[str, str], Any]:
    box = _box()
    return {
        ("extensions:sound", "pk"): _sound().pk,
        ("extensions:mailbox", "pk"): box.pk,
        ("extensions:mailbox_message", "message"): "nobody-left-it",
        ("extensions:me_message", "message"): "nobody-left-it",
        ("extensions:recording", "recording"): "e1-in-1764063000-101-1.1",
        ("extensions:mailbox_pin_link", "token"): "nobody-signed-this",
        ("extensions:parking", "number"): _slot().number,
        ("extensions:conference", "pk"): _room().pk,
        ("extensions:team_voicemail", "pk"): _team().pk,
    }


def _box() -> Mailbox:
    name = MARKERS[connection.schema_name]
    return Mailbox.objects.get_or_create(number="577", defaults={"name": name, "email": "orders@example.com"})[0]


def _slot() -> ParkingSlot:
    lot = ParkingLot.objects.get_or_create(pk=1, defaults={"number": "870"})[0]
    return ParkingSlot.objects.get_or_create(lot=lot, number="871", label=MARKERS[connection.schema_name])[0]


def _room() -> ConferenceRoom:
    return ConferenceRoom.objects.get_or_create(number="898", name=MARKERS[connection.schema_name])[0]


def _team() -> Team:
    return Team.objects.get_or_create(name=MARKERS[connection.schema_name])[0]


def _sound() -> AudioFile:
    name = MARKERS[connection.schema_name]
    found = AudioFile.objects.filter(name=name).first()
    return found or upload_sound(
        name=name,
        purpose=AudioPurpose.ANNOUNCEMENT,
        file=SimpleUploadedFile("welcome.wav", wav()),
        by=None,
        at=timezone.now(),
    )
