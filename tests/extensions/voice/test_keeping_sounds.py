"""Keeping, replacing and forgetting sounds (SEC-07)."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from extensions.models import AudioFile, AudioPurpose, Deletion
from extensions.services.audio.faults import SoundNameTaken, StorageFull
from extensions.services.audio.keep import change_sound, free_name, sound_bytes, upload_sound
from extensions.services.audio.sweep import forget_unused_sounds
from portal.accounts.models import User
from portal.core.errors import ManagementInstance
from tenants.door import inside_management
from tenants.models import Tenant
from tenants.services.cloning import clone_schema, drop_schema
from tests.extensions.conftest import NOON
from tests.extensions.voice.sounds import mp3, upload, wav


def keep(by: User, name: str = "Welcome", data: bytes | None = None) -> AudioFile:
    return upload_sound(name=name, purpose=AudioPurpose.ANNOUNCEMENT, file=upload(data), by=by, at=NOON)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def age(folder: Path, *, hours: float) -> datetime:
    """Every file was written so many hours before the returned moment."""
    now = datetime.now(UTC)
    for file in files(folder):
        os.utime(file, times=(now.timestamp() - hours * 3600,) * 2)
    return now


@pytest.mark.feature("SEC-07")
def test_the_bytes_lie_in_the_tenants_folder_under_a_random_name(
    inside_alpha: Tenant, owner: User, tmp_path: Path
) -> None:
    sound = keep(owner)

    (file,) = files(tmp_path)
    assert file.parent == tmp_path / "t2" / "sounds"
    assert "elcome" not in file.name
    assert len(file.stem) == 40
    assert sound_bytes(sound) == wav() == file.read_bytes()
    assert (sound.format, sound.milliseconds, sound.size) == ("wav", 1000, len(wav()))


def test_two_sounds_of_one_purpose_have_two_names(inside_alpha: Tenant, owner: User) -> None:
    keep(owner)

    with pytest.raises(SoundNameTaken) as refusal:
        keep(owner, "WELCOME")

    assert refusal.value.field == "name"
    assert free_name("Welcome", AudioPurpose.ANNOUNCEMENT) == "Welcome 2"


@pytest.mark.feature("SEC-07", "TEN-06")
def test_the_companys_room_is_limited(inside_alpha: Tenant, owner: User) -> None:
    connection.tenant.limits = {"storage_mb": 1}
    keep(owner, data=wav(60))

    with pytest.raises(StorageFull, match="1 megabytes"):
        keep(owner, "Second", data=wav(60))


@pytest.mark.feature("SEC-07")
def test_a_replaced_file_plays_anew_under_the_same_name(inside_alpha: Tenant, owner: User, tmp_path: Path) -> None:
    sound = keep(owner)

    change_sound(sound=sound, name="Hello", file=upload(mp3(2)), by=owner, at=NOON)

    changed = AudioFile.objects.get(pk=sound.pk)
    assert (changed.name, changed.format) == ("Hello", "mp3")
    assert sound_bytes(changed) == mp3(2)
    assert len(files(tmp_path)) == 2
    assert forget_unused_sounds(at=age(tmp_path, hours=2)) == 1
    assert sound_bytes(changed) == mp3(2)


@pytest.mark.feature("SEC-07", "UXP-07")
def test_a_deleted_sounds_file_waits_until_nobody_can_undo(inside_alpha: Tenant, owner: User, tmp_path: Path) -> None:
    sound = keep(owner)
    row = {"id": sound.pk, "path": sound.path}
    now = age(tmp_path, hours=2)
    AudioFile.objects.all().delete()
    kept = Deletion.objects.create(label="Welcome", rows=[{"table": "extensions_audiofile", "row": row}], at=now)

    assert forget_unused_sounds(at=now) == 0

    Deletion.objects.filter(pk=kept.pk).update(at=now - timedelta(hours=2))
    assert forget_unused_sounds(at=now) == 1
    assert files(tmp_path) == []


def test_a_file_whose_row_is_still_being_written_is_left_alone(
    inside_alpha: Tenant, owner: User, tmp_path: Path
) -> None:
    keep(owner)
    AudioFile.objects.all().delete()

    assert forget_unused_sounds(at=age(tmp_path, hours=0.1)) == 0


def test_the_management_instance_keeps_no_sounds(db: None) -> None:
    with pytest.raises(ManagementInstance):
        upload_sound(name="Welcome", purpose=AudioPurpose.ANNOUNCEMENT, file=upload(), by=None, at=NOON)


@pytest.mark.feature("TPL-02")
def test_files_travel_with_a_cloned_schema_and_go_with_it(inside_alpha: Tenant, owner: User, tmp_path: Path) -> None:
    sound = keep(owner)
    with inside_management():
        copy = Tenant.objects.create(schema_name="t77", instance_number=77, name="Copy", state="provisioning")

    clone_schema(inside_alpha, copy)
    assert (tmp_path / "t77" / sound.path).read_bytes() == wav()

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as at the end of the transaction that cloned
    drop_schema(copy)
    assert not (tmp_path / "t77").exists()
