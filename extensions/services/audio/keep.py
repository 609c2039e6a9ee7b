"""Keeping sounds: upload, replace, rename. The bytes lie in the tenant's media folder under a random name (SEC-07)."""

import secrets
from datetime import datetime
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from extensions.models import AudioFile, AudioPurpose
from extensions.services.audio.check import Sound, check_sound
from extensions.services.audio.faults import SoundNameTaken
from extensions.services.audio.room import demand_storage
from extensions.services.configuration import configuration_changed
from portal.accounts.models import User
from portal.core.db.clashes import refusing
from portal.core.errors import refuse_management_instance

FOLDER = "sounds"
_NAME_LENGTH = 60


@transaction.atomic
def upload_sound(*, name: str, purpose: AudioPurpose, file: File, by: User | None, at: datetime) -> AudioFile:
    """Check `file`, keep it, and return its row.

    Raises what check_sound raises, StorageFull (field `file`) and SoundNameTaken (field `name`).
    """
    refuse_management_instance()
    sound = check_sound(file)
    demand_storage(len(sound.data))
    row = AudioFile(name=name, purpose=purpose, uploaded_by=by, uploaded_at=at)
    _hold(row, sound)
    _save(row)
    configuration_changed(by=by)
    return row


@transaction.atomic
def change_sound(*, sound: AudioFile, name: str, file: File | None, by: User, at: datetime) -> AudioFile:
    """Rename it, and with a `file` let it sound differently wherever it is used; returns the row.

    The old bytes stay until the periodic clean-up. Raises what upload_sound raises.
    """
    row = AudioFile.objects.select_for_update().get(pk=sound.pk)
    row.name = name
    if file is not None:
        checked = check_sound(file)
        demand_storage(len(checked.data), instead_of=row.size)
        _hold(row, checked)
        row.uploaded_by, row.uploaded_at = by, at
    _save(row)
    configuration_changed(by=by)
    return row


def free_name(wanted: str, purpose: AudioPurpose) -> str:
    """`wanted`, shortened, or with a number behind it where another sound has the name."""
    stem = wanted[: _NAME_LENGTH - 5].strip()
    taken = {
        name.lower()
        for name in AudioFile.objects.filter(purpose=purpose, name__istartswith=stem).values_list("name", flat=True)
    }
    candidate, count = stem, 1
    while candidate.lower() in taken:
        count += 1
        candidate = f"{stem} {count}"
    return candidate


def _hold(row: AudioFile, sound: Sound) -> None:
    row.path = default_storage.save(f"{FOLDER}/{secrets.token_hex(20)}.{sound.format}", ContentFile(sound.data))
    row.format, row.size = sound.format, len(sound.data)
    row.milliseconds, row.sha256 = sound.milliseconds, sound.sha256


def _save(row: AudioFile) -> None:
    name_taken = SoundNameTaken(_("Another sound is called this already. Choose another name."), field="name")
    with refusing({"audio_name_unique": name_taken}):
        row.save()


def sound_bytes(row: AudioFile) -> bytes:
    """What is kept for `row`; raises FileNotFoundError where the file is gone."""
    with default_storage.open(row.path) as kept:
        content: Any = kept.read()
    return bytes(content)
