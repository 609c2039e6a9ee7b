"""Pages about telephones (PRV-02)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from extensions.models import BlockedCaller, Extension, Phone
from portal.accounts.models import Role, User
from portal.permissions import Perm
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON
from tests.extensions.keys.conftest import colleague

Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture
def office(alpha: Tenant) -> Extension:
    """Extension 101 with a Yealink, and Mei at 102."""
    with inside(alpha):
        found = Extension.objects.get(number="101")
        Phone.objects.create(mac="805ec0000101", model="yealink-t54w", modules=1, extension=found, created_at=NOON)
        colleague("102", "Mei Tan")
        return found


@pytest.mark.feature("PRV-02")
def test_telephones_are_added_changed_listed_and_removed(
    browser_of: Browser, alpha: Tenant, owner: User, office: Extension
) -> None:
    browser = browser_of(owner, alpha)
    typed: dict[str, Any] = {
        "mac": "00-04-13-00-00-01",
        "model": "snom-d785",
        "modules": "0",
        "extension": "102 Mei Tan",
    }

    added = browser.post("/phones/new/", typed)
    twice = browser.post("/phones/new/", typed)
    wrong = browser.post("/phones/new/", {**typed, "mac": "12"})
    address = added["Location"]
    late = browser.post(address, {**typed, "place": "Desk", "version": "0"})
    changed = browser.post(address, {**typed, "place": "Desk", "version": "1"})
    found = browser.get("/phones/?q=00:04:13").content.decode()
    tab = browser.get("/extensions/102/devices/").content.decode()
    asked = browser.get(f"{address}remove/").content.decode()

    assert added.status_code == 302
    assert (twice.status_code, wrong.status_code, late.status_code, changed.status_code) == (422, 422, 409, 302)
    assert "You have a telephone with this address already." in twice.content.decode()
    assert "00:04:13:00:00:01" in found
    assert "80:5E:C0" not in found
    assert "Snom D785" in tab
    assert "Its address is free for another company." in asked


@pytest.mark.feature("PRV-02", "CTL-05")
def test_lists_offer_those_who_only_look_nothing_that_would_be_refused(
    browser_of: Browser, alpha: Tenant, agent: User, office: Extension
) -> None:
    with inside(alpha):
        agent.roles.set([Role.objects.create(name="Looks", permissions=[Perm.PHONE_READ, Perm.CALL_CONTROL_READ])])
        blocked = BlockedCaller.objects.create(match="number", pattern="+6561112222", direction="in", action="reject")
        phone = Phone.objects.get()
    browser = browser_of(agent, alpha)

    telephones = browser.get("/phones/").content.decode()
    callers = browser.get("/call-controls/blocked/").content.decode()

    assert f'href="/phones/{phone.pk}/"' not in telephones
    assert browser.get(f"/phones/{phone.pk}/configuration/").status_code == 200
    assert f'href="/phones/{phone.pk}/configuration/"' in telephones
    assert "+6561112222" in callers
    assert f"/call-controls/blocked/{blocked.pk}/remove/" not in callers
