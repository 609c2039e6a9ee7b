"""The pages about announcements and greetings, and the door to their bytes (SEC-07)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from extensions.models import AudioFile, AudioPurpose, Destination, DestinationKind, Mailbox, Team
from extensions.services.audio.keep import upload_sound
from extensions.services.audio.sweep import forget_unused_sounds
from extensions.services.deletion import delete_object, undo_deletion
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON, reads
from tests.extensions.voice.sounds import mp3, upload, wav

Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture
def welcome(alpha: Tenant, owner: User) -> AudioFile:
    with inside(alpha):
        return upload_sound(name='Wel"come', purpose=AudioPurpose.ANNOUNCEMENT, file=upload(mp3()), by=owner, at=NOON)


@pytest.mark.feature("SEC-07")
def test_an_upload_is_listed_with_a_player(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)

    answer = browser.post("/sounds/new/", {"name": "Welcome", "purpose": "announcement", "file": upload(wav(65))})

    assert answer.status_code == 302
    page = browser.get("/sounds/").content.decode()
    assert "Welcome" in page
    assert "1:05" in page
    assert f'src="{answer["Location"]}file/"' in page


@pytest.mark.feature("SEC-07")
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"file": upload(b"<html>", name="welcome.wav")}, "neither a WAV nor an MP3"),
        ({"file": upload(bytes(13 * 1024 * 1024))}, "larger than 10 MB"),
        ({"file": upload(wav(181, bits=8))}, "longer than 3 minutes"),
        ({"file": upload(b"")}, "empty"),
        ({"file": upload(name="run.exe")}, "ends in .wav or .mp3"),
        ({}, "required"),
        ({"name": "a\x00b", "file": upload()}, "cannot be kept"),
        ({"purpose": "music", "file": upload()}, "not in this list"),
    ],
)
def test_what_is_no_sound_gets_a_sentence_and_leaves_no_file(
    browser_of: Browser, alpha: Tenant, owner: User, tmp_path: Path, typed: dict, sentence: str
) -> None:
    for value in typed.values():
        if hasattr(value, "seek"):
            value.seek(0)

    answer = browser_of(owner, alpha).post("/sounds/new/", {"name": "Hello", "purpose": "greeting"} | typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.feature("SEC-07")
def test_the_bytes_come_with_headers_that_keep_them_a_sound(
    browser_of: Browser, alpha: Tenant, owner: User, welcome: AudioFile
) -> None:
    answer = browser_of(owner, alpha).get(f"/sounds/{welcome.pk}/file/")

    assert answer.content == mp3()
    assert answer["Content-Type"] == "audio/mpeg"
    assert answer["Content-Disposition"] == 'inline; filename="Wel\\"come.mp3"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Accept-Ranges"] == "bytes"
    assert "no-store" in answer["Cache-Control"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "media-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.feature("SEC-07")
@pytest.mark.parametrize(
    ("asked", "status", "span"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=100-", 206, slice(100, None)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=10-999999999", 206, slice(10, None)),
        ("bytes=99999999-", 416, None),
        ("bytes=9-3", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=-", 416, None),
        ("bytes=0-1,5-6", 200, slice(None)),
        ("lines=1-2", 200, slice(None)),
    ],
)
def test_a_player_may_ask_for_a_part(
    browser_of: Browser, alpha: Tenant, owner: User, welcome: AudioFile, asked: str, status: int, span: slice | None
) -> None:
    answer = browser_of(owner, alpha).get(f"/sounds/{welcome.pk}/file/", headers={"Range": asked})

    assert answer.status_code == status
    assert answer.content == (mp3()[span] if span else b"")


@pytest.mark.feature("SEC-07", "ROL-07")
def test_only_people_of_the_tenant_with_the_right_get_the_bytes(
    browser_of: Browser, alpha: Tenant, beta: Tenant, agent: User, stranger: User, welcome: AudioFile
) -> None:
    address = f"/sounds/{welcome.pk}/file/"

    assert browser_of(None, alpha).get(address).status_code == 302
    assert browser_of(agent, alpha).get(address).status_code == 403
    assert browser_of(stranger, beta).get(address).status_code == 404


@pytest.mark.feature("SEC-07")
def test_a_lost_file_is_not_found(browser_of: Browser, alpha: Tenant, owner: User, welcome: AudioFile) -> None:
    with inside(alpha):
        AudioFile.objects.filter(pk=welcome.pk).update(path="sounds/gone.mp3")

    assert browser_of(owner, alpha).get(f"/sounds/{welcome.pk}/file/").status_code == 404


@pytest.mark.feature("SEC-07")
def test_the_page_tells_where_a_sound_is_used(
    browser_of: Browser, alpha: Tenant, owner: User, welcome: AudioFile
) -> None:
    with inside(alpha):
        target = Destination.objects.create(kind=DestinationKind.ANNOUNCEMENT, announcement=welcome)
        Team.objects.create(name="Sales", no_answer=target)
        Mailbox.objects.create(number="500", name="Orders", greeting=welcome)

    page = browser_of(owner, alpha).get(f"/sounds/{welcome.pk}/").content.decode()

    assert "Sales" in page
    assert "500 Orders" in page


@pytest.mark.feature("SEC-07")
def test_a_sound_is_renamed_and_replaced(browser_of: Browser, alpha: Tenant, owner: User, welcome: AudioFile) -> None:
    browser = browser_of(owner, alpha)

    refused = browser.post(f"/sounds/{welcome.pk}/change/", {"name": "", "file": upload(b"no")})
    renamed = browser.post(f"/sounds/{welcome.pk}/change/", {"name": "Hello"})
    replaced = browser.post(f"/sounds/{welcome.pk}/change/", {"name": "Hello", "file": upload()})

    assert (refused.status_code, renamed.status_code, replaced.status_code) == (422, 302, 302)
    assert browser.get(f"/sounds/{welcome.pk}/file/").content == wav()


@pytest.mark.feature("ROL-07")
def test_a_manager_listens_and_does_not_upload(browser_of: Browser, alpha: Tenant, manager: User) -> None:
    browser = browser_of(manager, alpha)

    assert "/sounds/new/" not in browser.get("/sounds/").content.decode()
    assert browser.get("/sounds/new/").status_code == 403


def test_the_list_needs_the_same_queries_for_1_and_50_rows(
    browser_of: Browser, alpha: Tenant, owner: User, welcome: AudioFile
) -> None:
    browser = browser_of(owner, alpha)
    browser.get("/sounds/")
    with CaptureQueriesContext(connection) as one:
        browser.get("/sounds/")
    with inside(alpha):
        for n in range(49):
            AudioFile.objects.create(
                name=f"Sound {n}",
                purpose="greeting",
                path=f"{n}",
                format="wav",
                size=1,
                milliseconds=1,
                uploaded_at=NOON,
            )
    with CaptureQueriesContext(connection) as fifty:
        browser.get("/sounds/")

    assert len(one) == len(fifty)
    assert reads(fifty) <= 8


@pytest.mark.feature("SEC-07", "UXP-07", "TEN-13")
def test_a_deleted_sound_comes_back_with_its_bytes(
    browser_of: Browser, alpha: Tenant, owner: User, welcome: AudioFile
) -> None:
    browser = browser_of(owner, alpha)
    asked = browser.get(f"/sounds/{welcome.pk}/delete/")
    with inside(alpha):
        deletion = delete_object(welcome, by=owner, at=timezone.now())
        assert forget_unused_sounds(at=timezone.now() + timedelta(minutes=9)) == 0
        undo_deletion(deletion=deletion, by=owner, at=timezone.now())

    assert "Nothing else uses it" in asked.content.decode()
    assert browser.get(f"/sounds/{welcome.pk}/file/").content == mp3()
