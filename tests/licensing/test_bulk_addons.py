"""Giving and taking an add-on from the bulk bar of the extension list (EXT-03, EXT-08, LIC-08)."""

from collections.abc import Callable

import pytest
from django.test import Client

from extensions.models import Extension
from licensing.models import AssignedAddon
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]
ADDRESS = "/licences/phone-system/bulk-addons/"


@pytest.fixture
def ids(create: Callable[..., Extension], bought: Callable[..., None]) -> list[str]:
    """Two extensions, and licences for both of one add-on, for one of another."""
    bought(team_chat=2, call_recording=1)
    return [str(create(number).pk) for number in ("301", "302")]


def assigned(alpha: Tenant) -> list[tuple[str, str]]:
    with inside(alpha):
        return list(AssignedAddon.objects.order_by("extension").values_list("extension__number", "pool"))


@pytest.mark.feature("EXT-03", "EXT-08")
def test_ticked_extensions_get_and_lose_an_add_on(
    browser_of: Browser, alpha: Tenant, owner: User, ids: list[str]
) -> None:
    browser = browser_of(owner, alpha)

    asked = browser.post(ADDRESS, {"id": ids})
    planned = browser.post(ADDRESS, {"id": ids, "addon": "team_chat", "do": "give"})
    done = browser.post(ADDRESS, {"id": ids, "addon": "team_chat", "do": "give", "expected": "2"})

    assert "Team Chat (2 available)" in asked.content.decode()
    assert "Change 2 extensions" in planned.content.decode()
    assert done.status_code == 302
    assert assigned(alpha) == [("301", "team_chat"), ("302", "team_chat")]
    browser.post(ADDRESS, {"id": ids[:1], "addon": "team_chat", "do": "take", "expected": "1"})
    assert assigned(alpha) == [("302", "team_chat")]


@pytest.mark.feature("LIC-08")
def test_too_few_licences_change_nobody(browser_of: Browser, alpha: Tenant, owner: User, ids: list[str]) -> None:
    browser = browser_of(owner, alpha)

    refused = browser.post(ADDRESS, {"id": ids, "addon": "call_recording", "do": "give", "expected": "2"})
    changed = browser.post(ADDRESS, {"id": ids, "addon": "team_chat", "do": "give", "expected": "1"})

    assert (refused.status_code, changed.status_code) == (422, 422)
    assert "2 licenses are needed, 1 are free" in refused.content.decode()
    assert assigned(alpha) == []


def test_only_who_may_assign_licences_may(browser_of: Browser, alpha: Tenant, manager: User, ids: list[str]) -> None:
    assert browser_of(manager, alpha).post(ADDRESS, {"id": ids}).status_code == 403
