"""Announcements and greetings that people uploaded reach a real Asterisk, and only what changed is written."""

import asyncio
import io
import os
import wave
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extensions.models import AudioFile, AudioPurpose, Mailbox
from extensions.pbx.ami.login import connect
from extensions.pbx.asterisk.managed import AsteriskManaged
from extensions.pbx.drivers import driver_of, facts_of
from extensions.services.audio.keep import change_sound, upload_sound
from extensions.services.create import create_extension
from extensions.services.voicemail.boxes import create_shared_mailbox
from extensions.services.voicemail.greeting import set_greeting
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import AppliedState, AppliedVersion, Pbx, Tenant
from tests.extensions.voice.sounds import mp3, upload, wav
from tests.pbx.lab import bring

pytestmark = [pytest.mark.django_db, pytest.mark.pbx]
NOW = datetime(2026, 11, 26, 4, tzinfo=UTC)


def announce(tenant: Tenant, owner: User, name: str, data: bytes, file: str = "hello.mp3") -> AudioFile:
    with inside(tenant):
        purpose = AudioPurpose.ANNOUNCEMENT
        return upload_sound(name=name, purpose=purpose, file=upload(data, file), by=owner, at=NOW)


def seconds_of(path: Path) -> float:
    with wave.open(io.BytesIO(path.read_bytes())) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 8000)
        return file.getnframes() / 8000


def sounds(lab: Pbx) -> Path:
    return Path(lab.config_folder) / "tenants" / "t2" / "sounds"


def box_folder(lab: Pbx, box: Mailbox) -> Path:
    return Path(lab.spool_folder) / "voicemail" / "t2" / str(box.pk)


def ask(lab: Pbx, variable: str) -> str:
    async def asked() -> str:
        driver = driver_of(facts_of(lab))
        assert isinstance(driver, AsteriskManaged)
        async with await connect(driver.account, events=False) as client:
            return (await client.action("Getvar", ("Variable", variable))).get("Value")

    return asyncio.run(asked())


def play(lab: Pbx, what: str) -> str:
    """Let the PBX play something to nobody; how that went."""
    steps = ("Answer()", f"Playback({what})", "Set(GLOBAL(TL_TESTED)=${PLAYBACKSTATUS})")

    async def asked() -> str:
        driver = driver_of(facts_of(lab))
        assert isinstance(driver, AsteriskManaged)
        async with await connect(driver.account, events=False) as client:
            for at, step in enumerate(steps, 1):
                name, data = step.rstrip(")").split("(", 1)
                await client.action(
                    "DialplanExtensionAdd", ("Context", "tl-tested"), ("Extension", "s"), ("Priority", str(at)),
                    ("Application", name), ("ApplicationData", data), ("Replace", "yes"),
                )  # fmt: skip
            await client.action(
                "Originate", ("Channel", "Local/echo@tl-feature"), ("Context", "tl-tested"), ("Exten", "s"),
                ("Priority", "1"), ("Async", "true"),
            )  # fmt: skip
            for _turn in range(60):
                said = (await client.action("Getvar", ("Variable", "TL_TESTED"))).get("Value")
                if said:
                    return said
                await asyncio.sleep(0.1)
            return ""

    return asyncio.run(asked())


@pytest.mark.feature("VM-04")
def test_an_announcement_lies_where_the_dialplan_plays_it(lab: Pbx, alpha: Tenant, owner: User) -> None:
    sound = announce(alpha, owner, "Hello", mp3(0.6))

    row = bring(alpha)

    assert row.state == AppliedState.APPLIED
    assert seconds_of(sounds(lab) / f"a{sound.pk}.wav") == pytest.approx(0.6, abs=0.1)
    where = f"{ask(lab, 'TL_SOUNDS')}/t2/sounds/a{sound.pk}"
    assert Path(f"{where}.wav").is_file()
    assert play(lab, "${TL_SOUNDS}" + where.removeprefix(ask(lab, "TL_SOUNDS"))) == "SUCCESS"


def test_only_sounds_that_changed_are_written(lab: Pbx, alpha: Tenant, owner: User) -> None:
    first = announce(alpha, owner, "Hello", wav(1), "hello.wav")
    second = announce(alpha, owner, "Bye", wav(1), "bye.wav")
    bring(alpha)
    before = {one.pk: os.stat(sounds(lab) / f"a{one.pk}.wav").st_ino for one in (first, second)}
    with inside(alpha):
        change_sound(sound=second, name="Bye", file=upload(wav(2)), by=owner, at=NOW)

    row = bring(alpha)

    assert row.state == AppliedState.APPLIED
    assert os.stat(sounds(lab) / f"a{first.pk}.wav").st_ino == before[first.pk]
    assert seconds_of(sounds(lab) / f"a{second.pk}.wav") == pytest.approx(2, abs=0.1)


def test_a_sound_that_vanished_there_comes_back_with_the_next_version(lab: Pbx, alpha: Tenant, owner: User) -> None:
    sound = announce(alpha, owner, "Hello", wav(1), "hello.wav")
    bring(alpha)
    for path in sounds(lab).iterdir():
        path.unlink()
    AppliedVersion.objects.update(state=AppliedState.WAITING)

    bring(alpha)

    assert seconds_of(sounds(lab) / f"a{sound.pk}.wav") == pytest.approx(1, abs=0.1)


def test_a_version_that_is_not_taken_leaves_the_sounds_of_the_one_before(
    lab: Pbx, alpha: Tenant, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = announce(alpha, owner, "Hello", wav(1), "hello.wav")
    bring(alpha)
    with inside(alpha):
        change_sound(sound=sound, name="Hello", file=upload(wav(2)), by=owner, at=NOW)
        create_extension(number="131", first_name="Mei", last_name="Tan", email="", mobile="", by=owner, at=NOW)
    real = AsteriskManaged.render

    def half(self: AsteriskManaged, facts: object) -> object:
        files = dict(real(self, facts))  # type: ignore[arg-type]
        files["pjsip_endpoint.conf"] = files["pjsip_endpoint.conf"].replace("[131@", "[x31@")
        return files

    monkeypatch.setattr(AsteriskManaged, "render", half)

    row = bring(alpha)

    assert row.state == AppliedState.FAILED
    assert seconds_of(sounds(lab) / f"a{sound.pk}.wav") == pytest.approx(1, abs=0.1)


def test_a_sound_that_cannot_be_decoded_holds_nothing_else_up(lab: Pbx, alpha: Tenant, owner: User) -> None:
    sound = announce(alpha, owner, "Hello", wav(1), "hello.wav")
    with inside(alpha):
        AudioFile.objects.filter(pk=sound.pk).update(path="sounds/gone.wav")

    row = bring(alpha)

    assert row.state == AppliedState.APPLIED
    assert not (sounds(lab) / f"a{sound.pk}.wav").exists()


@pytest.mark.feature("VM-04")
def test_a_box_greets_with_what_was_uploaded_until_the_standard_is_chosen(lab: Pbx, alpha: Tenant, owner: User) -> None:
    with inside(alpha):
        box = create_shared_mailbox(number="790", name="Orders", email="", by=owner)
        box = set_greeting(mailbox=box, greeting=None, file=upload(wav(1)), version=None, by=owner, at=NOW)
    bring(alpha)
    folder = box_folder(lab, box)
    assert seconds_of(folder / "unavail.wav") == seconds_of(folder / "busy.wav") == pytest.approx(1, abs=0.1)

    with inside(alpha):
        set_greeting(mailbox=box, greeting=None, file=None, version=None, by=owner, at=NOW)
    bring(alpha)

    assert not (folder / "unavail.wav").exists()
    assert not (folder / "busy.wav").exists()


def test_a_greeting_recorded_on_the_telephone_later_stays(lab: Pbx, alpha: Tenant, owner: User) -> None:
    with inside(alpha):
        box = create_shared_mailbox(number="790", name="Orders", email="", by=owner)
        box = set_greeting(mailbox=box, greeting=None, file=upload(wav(1)), version=None, by=owner, at=NOW)
    bring(alpha)
    recorded = wav(3)
    (box_folder(lab, box) / "unavail.wav").write_bytes(recorded)
    with inside(alpha):
        set_greeting(mailbox=box, greeting=None, file=None, version=None, by=owner, at=NOW)

    bring(alpha)

    assert (box_folder(lab, box) / "unavail.wav").read_bytes() == recorded
    assert not (box_folder(lab, box) / "busy.wav").exists()
