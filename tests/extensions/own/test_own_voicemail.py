"""My voicemail: settings, PIN and greeting of the own box (VM-02, VM-04)."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from extensions.models import Extension, Mailbox, SettingValue
from portal.accounts.models import User
from portal.audit.models import LogEntry
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.voice.sounds import wav

Browser = Callable[[User | None, Tenant], Client]


def box(alpha: Tenant) -> Mailbox | None:
    with inside(alpha):
        return Mailbox.objects.select_related("greeting").filter(extension__number="102").first()


@pytest.mark.feature("VM-02")
def test_the_pin_is_chosen_never_shown_and_only_changed_in_the_log(
    browser_of: Browser, alpha: Tenant, agent: User, desk: Extension
) -> None:
    browser = browser_of(agent, alpha)

    bad = browser.post("/me/voicemail/pin/", {"pin": "1234"})
    good = browser.post("/me/voicemail/pin/", {"pin": "839205"})
    pages = "".join(browser.get(address).content.decode() for address in ("/me/voicemail/", "/me/voicemail/pin/"))

    assert bad.status_code == 422
    assert good["Location"] == "/me/voicemail/"
    assert box(alpha).pin == "839205"
    assert "839205" not in pages
    with inside(alpha):
        assert "839205" not in str(list(LogEntry.objects.values_list("changes", flat=True)))


@pytest.mark.feature("VM-04")
def test_an_own_greeting_is_uploaded_heard_and_given_up(
    browser_of: Browser, alpha: Tenant, agent: User, desk: Extension
) -> None:
    browser = browser_of(agent, alpha)
    file = SimpleUploadedFile("hello.wav", wav(), content_type="audio/wav")

    neither = browser.post("/me/voicemail/greeting/", {})
    browser.post("/me/voicemail/greeting/", {"file": file})
    heard = browser.get("/me/voicemail/greeting/sound/")
    browser.post("/me/voicemail/greeting/", {"standard": "on"})

    assert neither.status_code == 422
    assert (heard.status_code, heard["Content-Type"]) == (200, "audio/wav")
    assert box(alpha).greeting is None
    assert browser.get("/me/voicemail/greeting/sound/").status_code == 404


@pytest.mark.feature("VM-03")
def test_how_the_box_works_is_changed_for_oneself(
    browser_of: Browser, alpha: Tenant, agent: User, desk: Extension
) -> None:
    browser = browser_of(agent, alpha)
    typed = {"voicemail.enabled": "on", "voicemail.instructions": "on", "voicemail.ring_seconds": "25"}

    lost = browser.post("/me/voicemail/", {**typed, "voicemail.mail": "none", "voicemail.delete_after_mailing": "on"})
    saved = browser.post("/me/voicemail/", {**typed, "voicemail.mail": "audio"})

    assert lost.status_code == 422
    assert "attached as sound" in lost.content.decode()
    assert saved["Location"] == "/me/voicemail/"
    with inside(alpha):
        assert dict(SettingValue.objects.values_list("key", "value")) == {"voicemail.mail": "audio"}


def test_what_only_the_company_sets_is_not_offered(
    browser_of: Browser, alpha: Tenant, agent: User, desk: Extension
) -> None:
    page = browser_of(agent, alpha).get("/me/voicemail/").content.decode()

    assert "voicemail.ring_seconds" in page
    assert "voicemail.retention_days" not in page


@pytest.mark.parametrize("address", ["/me/voicemail/", "/me/voicemail/pin/", "/me/voicemail/greeting/"])
def test_without_an_extension_there_is_no_box(browser_of: Browser, alpha: Tenant, agent: User, address: str) -> None:
    browser = browser_of(agent, alpha)

    assert "You have no extension yet" in browser.get(address).content.decode()
    assert browser.post(address, {"pin": "839205"}).status_code == 404
    assert browser.get("/me/voicemail/greeting/sound/").status_code == 404
