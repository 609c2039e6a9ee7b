"""Pages about which agent statuses exist (PRS-01, PRS-04, PRS-06)."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from extensions.models import (
    AgentStatus,
    Extension,
    StatusKind,
    StatusSource,
)
from extensions.services.presence import Wish, set_status
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON

Browser = Callable[[User | None, Tenant], Client]
HIDDEN = re.compile(r'<input type="hidden" name="(id|all|filter|expected)"(?: value="([^"]*)")?')
AWAY = {"status": "away", "ends": "", "until": "", "note": "At the dentist"}


# --- the definitions ----------------------------------------------------------------------------------------------
@pytest.mark.feature("PRS-01", "PRS-06")
def test_the_page_says_of_each_status_who_sets_it_and_what_it_does_to_calls(
    browser_of: Browser, alpha: Tenant, owner: User
) -> None:
    page = browser_of(owner, alpha).get("/agents/").content.decode()

    assert "Do not disturb: calls are blocked, team calls do not ring, queue calls are not offered." in page
    assert "Logged out: calls are forwarded" in page
    assert "Away: calls ring, team calls ring, queue calls are not offered. The schedule brings it while break." in page
    assert page.count('class="arrow"') == 3
    assert '<caption class="visually-hidden">Statuses in use</caption>' in page


@pytest.mark.feature("PRS-01", "UXP-03")
def test_a_status_is_renamed_switched_off_and_on_and_moved(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)

    saved = browser.post("/agents/custom_1/edit/", {"label": "Training", "set_by_agent": "on", "version": "1"})
    browser.post("/agents/custom_1/on/")
    off = browser.post("/agents/busy/off/", {"replacement": ""})
    browser.post("/agents/dnd/move/up/")

    with inside(alpha):
        labels = list(AgentStatus.objects.filter(enabled=True).order_by("position").values_list("label", flat=True))
    assert saved["Location"] == off["Location"] == "/agents/"
    assert labels == ["Available", "Do not disturb", "Away", "Training", "Logged out"]


@pytest.mark.feature("PRS-01")
def test_a_status_in_use_asks_for_a_replacement_beside_the_field(
    browser_of: Browser, alpha: Tenant, owner: User
) -> None:
    with inside(alpha):
        desk = Extension.objects.get(number="101")
        set_status(extension=desk, wish=Wish(StatusKind.BUSY), source=StatusSource.USER, by=owner, at=NOON)
    browser = browser_of(owner, alpha)

    shown = browser.get("/agents/busy/off/").content.decode()
    refused = browser.post("/agents/busy/off/", {"replacement": ""})

    assert "1 person has it now" in shown
    assert refused.status_code == 422
    assert "Say which status takes its place" in refused.content.decode()


@pytest.mark.feature("UXP-05")
def test_two_people_editing_one_status_see_both_versions(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)
    browser.post("/agents/busy/edit/", {"label": "Engaged", "set_by_agent": "on", "version": "1"})

    answer = browser.post("/agents/busy/edit/", {"label": "Occupied", "set_by_agent": "on", "version": "1"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<del>Engaged</del>" in page
    assert "<ins>Occupied</ins>" in page


@pytest.mark.feature("PRS-04")
def test_the_company_says_which_status_each_state_of_the_schedule_brings(
    browser_of: Browser, alpha: Tenant, owner: User
) -> None:
    browser = browser_of(owner, alpha)
    typed = {"presence.when_open": "available", "presence.when_break": "busy", "presence.when_closed": "logged_out"}

    answer = browser.post("/agents/automatic/", {"presence.follows_schedule": "on", **typed})

    assert answer.status_code == 302
    assert "Busy: calls ring, team calls ring, queue calls are not offered. The schedule brings it while break." in (
        browser.get("/agents/").content.decode()
    )


@pytest.mark.feature("ROL-07")
@pytest.mark.parametrize("address", ["edit", "off", "on", "move/up"])
@pytest.mark.parametrize("who", ["manager", "agent"])
def test_only_administrators_decide_which_statuses_exist(
    request: pytest.FixtureRequest, browser_of: Browser, alpha: Tenant, who: str, address: str
) -> None:
    assert browser_of(request.getfixturevalue(who), alpha).post(f"/agents/away/{address}/").status_code == 403


def test_a_status_that_does_not_exist_is_not_there(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    assert browser_of(owner, alpha).get("/agents/asleep/edit/").status_code == 404
