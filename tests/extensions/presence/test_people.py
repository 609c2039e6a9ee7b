"""Pages about who has which status: the list, the history, and setting it (PRS-01, PRS-03)."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.models import (
    AgentStatus,
    Extension,
    Presence,
    PresenceChange,
    SettingValue,
    StatusKind,
    StatusSource,
    Team,
    TeamMember,
    TeamScope,
)
from extensions.services.presence import Wish, set_status
from portal.accounts.models import User
from portal.permissions import BuiltinRole
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON, reads

Browser = Callable[[User | None, Tenant], Client]
HIDDEN = re.compile(r'<input type="hidden" name="(id|all|filter|expected)"(?: value="([^"]*)")?')
AWAY = {"status": "away", "ends": "", "until": "", "note": "At the dentist"}


@pytest.fixture
def sales(alpha: Tenant, manager: User) -> Team:
    """The team that the manager manages: extensions 201 and 202; 203 is in no team."""
    with inside(alpha):
        made = Extension.objects.bulk_create(
            Extension(number=number, directory_name=f"Desk {number}", sip_username=f"desk{number}", created_at=NOON)
            for number in ("201", "202", "203")
        )
        team = Team.objects.create(name="Sales")
        for position, extension in enumerate(made[:2]):
            TeamMember.objects.create(team=team, extension=extension, position=position)
        role = manager.roles.get(code=BuiltinRole.MANAGER)
        TeamScope.objects.create(user=manager, role=role, team=team)
        return team


def shown_form(answer: HttpResponse) -> dict[str, Any]:
    form: dict[str, Any] = {}
    for name, value in HIDDEN.findall(answer.content.decode()):
        if value:
            form.setdefault(name, []).append(unescape(value))
    return form


def kinds(alpha: Tenant) -> dict[str, str]:
    with inside(alpha):
        rows = Presence.objects.select_related("extension", "status")
        return {row.extension.number: row.status.kind for row in rows}


# --- who has which ------------------------------------------------------------------------------------------------
@pytest.mark.feature("PRS-01", "PRS-03")
def test_the_list_says_who_has_which_status_and_why(
    browser_of: Browser, alpha: Tenant, sales: Team, manager: User, agent: User
) -> None:
    with inside(alpha):
        desk = Extension.objects.get(number="201")
        wish = Wish(StatusKind.AWAY, note="At the dentist")
        set_status(extension=desk, wish=wish, source=StatusSource.MANAGER, by=manager, at=NOON)

    page = browser_of(agent, alpha).get(f"/status/?team={sales.pk}").content.decode()

    assert "state-away" in page
    assert "Set by Manager." in page
    assert "At the dentist" in page
    assert "Desk 202" in page
    assert "Desk 203" not in page


@pytest.mark.feature("PRS-01")
@pytest.mark.parametrize(
    ("query", "there", "away"), [("available", "Desk 202", "Desk 201"), ("away", "Desk 201", "Desk 202")]
)
def test_the_list_is_filtered_by_status(
    browser_of: Browser, alpha: Tenant, sales: Team, owner: User, query: str, there: str, away: str
) -> None:
    with inside(alpha):
        desk = Extension.objects.get(number="201")
        set_status(extension=desk, wish=Wish(StatusKind.AWAY), source=StatusSource.USER, by=owner, at=NOON)

    page = browser_of(owner, alpha).get(f"/status/?status={query}").content.decode()

    assert there in page
    assert away not in page


@pytest.mark.feature("UXP-06")
def test_the_list_needs_as_many_queries_for_fifty_as_for_one(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser, counts = browser_of(owner, alpha), []
    for many in (1, 40):  # one page: beyond it the rows are counted, too
        with inside(alpha):
            made = Extension.objects.bulk_create(
                Extension(number=f"{many + n + 300}", directory_name="x", sip_username=f"u{many + n}", created_at=NOON)
                for n in range(many)
            )
            status = AgentStatus.objects.get(kind="busy")
            Presence.objects.bulk_create(
                Presence(extension=one, status=status, source="manager", by=owner, since=NOON) for one in made
            )
        browser.get("/status/")
        with CaptureQueriesContext(connection) as captured:
            browser.get("/status/")
        counts.append(reads(captured))

    assert counts[0] == counts[1] <= 8


# --- setting others -----------------------------------------------------------------------------------------------
@pytest.mark.feature("PRS-01", "PRS-03", "UXP-03")
def test_a_manager_sets_the_status_of_somebody_in_the_team(
    browser_of: Browser, alpha: Tenant, sales: Team, manager: User
) -> None:
    browser = browser_of(manager, alpha)

    answer = browser.post("/extensions/201/status/set/", AWAY)
    page = browser.get(answer["Location"]).content.decode()

    assert kinds(alpha) == {"201": "away"}
    assert all(word in page for word in ("A manager", "Manager", "At the dentist", "Available", "Away"))


@pytest.mark.feature("PRS-01", "TEAM-04")
def test_somebody_of_another_team_is_not_there_for_a_manager(
    browser_of: Browser, alpha: Tenant, sales: Team, manager: User, owner: User
) -> None:
    browser = browser_of(manager, alpha)

    assert browser.get("/extensions/203/status/set/").status_code == 404
    assert browser.post("/extensions/203/status/set/", AWAY).status_code == 404
    assert browser_of(owner, alpha).post("/extensions/203/status/set/", AWAY).status_code == 302


@pytest.mark.feature("ROL-07")
def test_an_end_user_sees_but_does_not_set_others(browser_of: Browser, alpha: Tenant, agent: User) -> None:
    browser = browser_of(agent, alpha)

    assert browser.get("/extensions/101/status/").status_code == 200
    assert browser.post("/extensions/101/status/set/", AWAY).status_code == 403
    assert browser.post("/status/bulk/", {"id": "1"}).status_code == 403


@pytest.mark.feature("PRS-01")
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"status": "custom_1"}, "not in this list"),
        ({"status": ""}, "required"),
        ({"ends": "at", "until": ""}, "Say until when"),
        ({"ends": "at", "until": "25:00"}, "Type a time"),
        ({"note": "x" * 81}, "at most 80"),
    ],
)
def test_wrong_input_gets_a_sentence_and_keeps_what_was_typed(
    browser_of: Browser, alpha: Tenant, owner: User, typed: dict[str, str], sentence: str
) -> None:
    answer = browser_of(owner, alpha).post("/extensions/101/status/set/", {**AWAY, **typed})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert kinds(alpha) == {}


@pytest.mark.feature("PRS-01", "PRS-03")
def test_many_are_set_at_once_and_only_those_whom_a_manager_reaches(
    browser_of: Browser, alpha: Tenant, sales: Team, manager: User
) -> None:
    browser = browser_of(manager, alpha)

    asked = browser.post("/status/bulk/", {"all": "on", "filter": "q=Desk"})
    form = shown_form(asked)
    refused = browser.post("/status/bulk/", form)
    done = browser.post("/status/bulk/", {**form, **AWAY})

    page = asked.content.decode()
    assert "2 will change" in page
    assert "2 are left as they are: not in a team of yours" in page
    assert refused.status_code == 422
    assert done.status_code == 302
    assert kinds(alpha) == {"201": "away", "202": "away"}
    with inside(alpha):
        assert PresenceChange.objects.filter(by_name="Manager", note="At the dentist").count() == 2


@pytest.mark.feature("SEC-06")
def test_the_status_of_an_extension_of_another_tenant_is_not_there(
    browser_of: Browser, alpha: Tenant, beta: Tenant, stranger: User
) -> None:
    with inside(alpha):
        Extension.objects.filter(number="101").update(number="4711")

    assert browser_of(stranger, beta).get("/extensions/4711/status/").status_code == 404
    assert browser_of(stranger, beta).post("/extensions/4711/status/set/", AWAY).status_code == 404


# --- by schedule --------------------------------------------------------------------------------------------------
@pytest.mark.feature("PRS-04", "TEAM-04")
def test_a_manager_lets_people_of_the_team_follow_the_schedule(
    browser_of: Browser, alpha: Tenant, sales: Team, manager: User
) -> None:
    browser = browser_of(manager, alpha)
    typed = {"presence.follows_schedule": "on"} | {
        f"presence.when_{state}": kind
        for state, kind in {"open": "available", "break": "away", "closed": "logged_out"}.items()
    }

    saved, other = (browser.post(f"/extensions/{number}/status/automatic/", typed) for number in ("201", "203"))

    with inside(alpha):
        said = set(SettingValue.objects.values_list("extension__number", "key", "value"))
    assert (saved.status_code, other.status_code) == (302, 404)
    assert said == {("201", "presence.follows_schedule", True)}
