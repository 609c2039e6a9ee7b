"""My keys and speed dials: one's own are changed, what is locked or somebody else's is not (BLF-02, SPD-01, SPD-02)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.models import Extension, Key, KeyPanel, SpeedDial
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import reads

Browser = Callable[[User | None, Tenant], Client]
DIAL = {"code": "*20", "label": "Taxi", "number": "+6561230000"}


def keys(alpha: Tenant) -> dict[int, str]:
    with inside(alpha):
        return dict(Key.objects.filter(panel__extension__number="102").values_list("position", "kind"))


@pytest.mark.parametrize("address", ["/me/keys/", "/me/keys/1/", "/me/speed-dials/", "/me/keys/?view=list"])
def test_each_page_works_and_needs_few_queries(
    browser_of: Browser, alpha: Tenant, agent: User, desk: Extension, address: str
) -> None:
    browser = browser_of(agent, alpha)
    assert browser.get(address).status_code == 200

    with CaptureQueriesContext(connection) as captured:
        browser.get(address)

    assert reads(captured) <= 9, "\n".join(query["sql"][:120] for query in captured)


@pytest.mark.feature("BLF-02", "UXP-03")
def test_a_key_is_set_moved_and_freed(browser_of: Browser, alpha: Tenant, agent: User, desk: Extension) -> None:
    browser = browser_of(agent, alpha)

    saved = browser.post("/me/keys/2/", {"kind": "presence", "target": "101", "label": "", "version": "0"})
    after = keys(alpha)
    browser.post("/me/keys/2/move/", {"to": "3"})
    moved = keys(alpha)
    browser.post("/me/keys/3/remove/")

    assert saved.status_code == 302
    assert (after, moved, keys(alpha)) == ({1: "presence"}, {2: "presence"}, {})


@pytest.mark.feature("BLF-02")
def test_a_locked_key_shows_a_padlock_and_stays(
    browser_of: Browser, alpha: Tenant, agent: User, desk: Extension
) -> None:
    with inside(alpha):
        panel = KeyPanel.objects.create(extension=desk)
        Key.objects.create(panel=panel, position=0, kind="voicemail", locked=True)
    browser = browser_of(agent, alpha)

    page = browser.get("/me/keys/1/").content.decode()
    refused = browser.post("/me/keys/1/", {"kind": "line", "target": "", "label": "", "version": "1"})
    browser.post("/me/keys/1/remove/")
    browser.post("/me/keys/1/move/", {"to": "2"})

    assert "Your administrator keeps this key as it is" in page
    assert refused.status_code == 422
    assert keys(alpha) == {0: "voicemail"}


@pytest.mark.feature("SPD-01", "UXP-03")
def test_a_personal_speed_dial_is_made_changed_and_deleted(
    browser_of: Browser, alpha: Tenant, agent: User, desk: Extension
) -> None:
    browser = browser_of(agent, alpha)
    made = browser.post("/me/speed-dials/new/", DIAL)
    with inside(alpha):
        dial = SpeedDial.objects.get(extension=desk)
    typed = {**DIAL, "label": "Cab", "version": str(dial.version)}
    changed = browser.post(f"/me/speed-dials/{dial.pk}/", typed)
    page = browser.get("/me/speed-dials/").content.decode()

    assert made["Location"] == changed["Location"] == "/me/speed-dials/"
    assert "Cab" in page
    assert f"/me/speed-dials/{dial.pk}/" in page
    assert browser.get(f"/me/speed-dials/{dial.pk}/delete/").status_code == 200


@pytest.mark.feature("SPD-02")
def test_a_speed_dial_of_everybody_or_of_a_colleague_is_not_there(
    browser_of: Browser, alpha: Tenant, agent: User, desk: Extension
) -> None:
    with inside(alpha):
        other = Extension.objects.get(number="101")
        dials = [SpeedDial.objects.create(extension=one, **DIAL).pk for one in (None, other)]
    browser = browser_of(agent, alpha)

    for pk in dials:
        assert browser.get(f"/me/speed-dials/{pk}/").status_code == 404
        assert browser.post(f"/me/speed-dials/{pk}/", DIAL).status_code == 404
        assert browser.post(f"/me/speed-dials/{pk}/delete/").status_code == 404
    assert "Shared" in browser.get("/me/speed-dials/").content.decode()


@pytest.mark.parametrize("address", ["/me/keys/1/", "/me/keys/sort/", "/me/keys/1/remove/", "/me/speed-dials/new/"])
def test_without_an_extension_nothing_can_be_changed(
    browser_of: Browser, alpha: Tenant, agent: User, address: str
) -> None:
    assert browser_of(agent, alpha).post(address, {"kind": "line", **DIAL}).status_code == 404
