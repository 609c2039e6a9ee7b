"""The pages about voicemail boxes (VM-01 to VM-04, VM-06)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from extensions.models import AudioFile, Extension, Mailbox, SettingValue, Team
from extensions.services.voicemail.boxes import ensure_mailboxes, report_use
from extensions.services.voicemail.pin import _digest, _link
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON, reads
from tests.extensions.voice.boxes import now
from tests.extensions.voice.sounds import mp3, upload

Browser = Callable[[User | None, Tenant], Client]


@pytest.mark.feature("VM-01", "VM-03", "VM-06")
def test_the_list_shows_both_kinds_and_what_is_in_force(
    browser_of: Browser, alpha: Tenant, owner: User, orders: Mailbox
) -> None:
    with inside(alpha):
        report_use(mailbox=orders, seconds=3600, messages=9, at=NOON)

    page = browser_of(owner, alpha).get("/voicemail/").content.decode()

    for words in ("101", "500", "Orders", "Shared", "Notice only", "Standard", "Not set", "Not reported yet"):
        assert words in page
    for words in ("Messages are kept for 90 days", "room for 60 minutes", "Some boxes are full", "60 of 60 minutes"):
        assert words in page


@pytest.mark.feature("VM-01")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ord", ["500"]),
        ("q=10", ["101"]),
        ("kind=shared", ["500"]),
        ("kind=extension", ["101"]),
        ("pin=set", []),
        ("pin=missing", ["101", "500"]),
        ("sort=-name", ["101", "500"]),
        ("q=%00", ["101", "500"]),
    ],
)
def test_search_and_filter(
    browser_of: Browser, alpha: Tenant, owner: User, orders: Mailbox, query: str, found: list[str]
) -> None:
    page = browser_of(owner, alpha).get(f"/voicemail/?{query}").content.decode()

    assert [number for number in ("101", "500") if f">{number}</a>" in page] == found


@pytest.mark.feature("VM-01")
def test_the_export_tells_the_same(browser_of: Browser, alpha: Tenant, owner: User, orders: Mailbox) -> None:
    answer = browser_of(owner, alpha).get("/voicemail/?export=csv&columns=number,name,state,mail,pin")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[2] == "500,Orders,On,Notice only,Not set"


def test_the_list_needs_the_same_queries_for_1_and_50_rows(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)
    with inside(alpha):
        ensure_mailboxes()
    browser.get("/voicemail/")
    with CaptureQueriesContext(connection) as one:
        browser.get("/voicemail/")
    with inside(alpha):
        team = Team.objects.create(name="Sales")
        Extension.objects.bulk_create(
            Extension(
                number=str(n), directory_name=f"Desk {n}", sip_username=f"desk{n}", created_at=NOON, home_team=team
            )
            for n in range(200, 249)
        )
        ensure_mailboxes()
    with CaptureQueriesContext(connection) as fifty:
        browser.get("/voicemail/")

    assert len(one) == len(fifty)
    assert reads(fifty) <= 8, "\n".join(q["sql"][:200] for q in fifty)


@pytest.mark.feature("VM-01", "UXP-05")
def test_a_shared_box_is_created_and_edited_with_both_versions_in_a_conflict(
    browser_of: Browser, alpha: Tenant, owner: User
) -> None:
    browser = browser_of(owner, alpha)

    answer = browser.post("/voicemail/new/", {"number": "500", "name": "Orders", "email": "orders@alpha.example"})
    address = f"{answer['Location']}edit/"
    typed = {"number": "501", "name": "Sales", "email": "", "version": "1"}
    saved, late = browser.post(address, typed), browser.post(address, typed | {"name": "Late"})

    assert (answer.status_code, saved.status_code, late.status_code) == (302, 302, 409)
    assert "Late" in late.content.decode()
    assert "Sales" in late.content.decode()


@pytest.mark.feature("VM-01")
@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("number", "101", "already in use"),
        ("number", "995", "emergency"),
        ("number", "5", "3 to 5 digits"),
        ("name", "", "required"),
        ("name", "a\x07b", "one line"),
        ("email", "orders", "Type an e-mail address"),
    ],
)
def test_wrong_input_gets_a_sentence(
    browser_of: Browser, alpha: Tenant, owner: User, field: str, typed: str, sentence: str
) -> None:
    given = {"number": "500", "name": "Orders", "email": ""} | {field: typed}

    answer = browser_of(owner, alpha).post("/voicemail/new/", given)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.feature("VM-02")
def test_a_pin_is_set_and_a_trivial_one_refused(
    browser_of: Browser, alpha: Tenant, owner: User, orders: Mailbox
) -> None:
    browser = browser_of(owner, alpha)

    refused = browser.post(f"/voicemail/{orders.pk}/pin/", {"pin": "1234"})
    own = browser.post(f"/voicemail/{orders.pk}/pin/", {"pin": "0500"})
    taken = browser.post(f"/voicemail/{orders.pk}/pin/", {"pin": "284613"})

    assert (refused.status_code, own.status_code, taken.status_code) == (422, 422, 302)
    assert "harder to guess" in refused.content.decode()
    assert now(orders, alpha).pin == "284613"
    assert "284613" not in browser.get(f"/voicemail/{orders.pk}/").content.decode()


@pytest.mark.feature("VM-02")
def test_an_administrator_resets_a_pin_and_never_sees_it(
    browser_of: Browser, alpha: Tenant, owner: User, orders: Mailbox
) -> None:
    browser = browser_of(owner, alpha)

    answer = browser.post(f"/voicemail/{orders.pk}/pin/reset/", follow=True)

    page = answer.content.decode()
    assert "on its way by e-mail" in page
    assert "Link sent" in page
    assert now(orders, alpha).pin not in page


@pytest.mark.feature("VM-02")
def test_the_link_opens_without_signing_in_asks_first_and_shows_the_pin_once(
    browser_of: Browser, alpha: Tenant, beta: Tenant, orders: Mailbox
) -> None:
    with inside(alpha):
        Mailbox.objects.filter(pk=orders.pk).update(
            pin="284613", link_token=_digest("key"), link_until=timezone.now() + timedelta(hours=24)
        )
        address = "/" + _link(orders, "key").split("/", 3)[3]
    browser = browser_of(None, alpha)

    elsewhere = browser_of(None, beta).post(address)
    asked = [browser.get(address) for _turn in range(2)]
    shown, again, after = browser.post(address), browser.post(address), browser.get(address)

    assert [one.status_code for one in (elsewhere, *asked, shown, again, after)] == [410, 200, 200, 200, 410, 410]
    assert all("284613" not in one.content.decode() for one in (elsewhere, *asked, again, after))
    assert "284613" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]


@pytest.mark.feature("VM-04")
def test_a_greeting_is_uploaded_played_and_taken_back(
    browser_of: Browser, alpha: Tenant, owner: User, orders: Mailbox
) -> None:
    browser = browser_of(owner, alpha)
    address = f"/voicemail/{orders.pk}/greeting/"

    refused = browser.post(address, {"greeting": "", "file": upload(b"no sound"), "version": "1"})
    uploaded = browser.post(address, {"greeting": "", "file": upload(mp3()), "version": "1"})

    greeting = now(orders, alpha).greeting
    assert (refused.status_code, uploaded.status_code) == (422, 302)
    assert greeting.name == "500 Orders"
    assert f"/sounds/{greeting.pk}/file/" in browser.get(f"/voicemail/{orders.pk}/").content.decode()
    assert browser.post(address, {"greeting": "", "version": "2"}).status_code == 302
    assert now(orders, alpha).greeting is None
    assert browser.post(address, {"greeting": greeting.pk, "version": "2"}).status_code == 409


@pytest.mark.feature("VM-04")
def test_an_announcement_is_no_greeting(browser_of: Browser, alpha: Tenant, owner: User, orders: Mailbox) -> None:
    with inside(alpha):
        sound = AudioFile.objects.create(
            name="Hours", purpose="announcement", path="x", format="wav", size=1, milliseconds=1, uploaded_at=NOON
        )

    answer = browser_of(owner, alpha).post(f"/voicemail/{orders.pk}/greeting/", {"greeting": sound.pk, "version": "1"})

    assert answer.status_code == 422


@pytest.mark.feature("VM-01", "VM-03", "VM-04")
def test_the_extensions_tab_switches_sets_and_resets(
    browser_of: Browser, alpha: Tenant, owner: User, orders: Mailbox
) -> None:
    browser, address = browser_of(owner, alpha), "/extensions/101/voicemail/"
    typed = {"voicemail.mail": "audio", "voicemail.delete_after_mailing": "on", "voicemail.ring_seconds": "30"}

    saved = browser.post(address, typed)
    wrong = browser.post(address, typed | {"voicemail.mail": "notice"})
    with inside(alpha):
        said = dict(SettingValue.objects.filter(level="extension").values_list("key", "value"))
    reset = browser.post(address, {"reset": "voicemail.mail"})

    assert (saved.status_code, wrong.status_code, reset.status_code) == (302, 422, 302)
    assert said == {
        "voicemail.enabled": False,
        "voicemail.mail": "audio",
        "voicemail.delete_after_mailing": True,
        "voicemail.instructions": False,
        "voicemail.ring_seconds": 30,
    }
    assert "attached as sound" in wrong.content.decode()
    page = browser.get(address).content.decode()
    assert "Change the greeting" in page
    assert "Make a new PIN and send the link" in page
