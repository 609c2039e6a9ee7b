"""The pages of the configuration check (LNT-01): who sees, filters, exports, runs and mends."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from extensions.models import Extension, Finding, Severity, Team, WeekInterval
from extensions.services.check import run
from extensions.services.check.run import run_check
from extensions.services.configuration import configuration_changed
from extensions.services.schedules.edit import create_schedule
from extensions.services.schedules.week import PRESETS, Preset
from extensions.services.suspend import suspend_extension
from portal.accounts.models import User
from portal.jobs.models import Outbox
from portal.sites.schedule import PERIODIC
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON, reads

Browser = Callable[[User | None, Tenant], Client]
pytestmark = pytest.mark.feature("LNT-01")


@pytest.fixture
def three(inside_alpha: Tenant) -> list[Finding]:
    """One finding of each severity."""
    texts = (
        ("empty_ring_group", Severity.ERROR, "600 Sales"),
        ("voicemail_without_pin", Severity.WARNING, "201 Ana"),
        ("no_telephone", Severity.HINT, "202 Ben"),
    )
    return [
        Finding.objects.create(
            code=code, severity=severity, subject=str(place), name=name, text="Odd.", url="/teams/", found_at=NOON
        )
        for place, (code, severity, name) in enumerate(texts)
    ]


def test_the_worst_stands_first_with_explanation_link_and_repair(
    browser_of: Browser, alpha: Tenant, owner: User, three: list[Finding]
) -> None:
    page = browser_of(owner, alpha).get("/check/").content.decode()

    assert page.index("600 Sales") < page.index("201 Ana") < page.index("202 Ben")
    assert '<a href="/teams/">600 Sales</a>' in page
    assert "Add members, or take its number away." in page
    assert page.count("Send a new PIN") == 1
    assert f'formaction="/check/{three[1].pk}/repair/"' in page


def test_the_list_can_be_filtered_searched_and_exported(
    browser_of: Browser, alpha: Tenant, owner: User, three: list[Finding]
) -> None:
    browser = browser_of(owner, alpha)

    broken = browser.get("/check/?severity=error").content.decode()
    searched = browser.get("/check/?q=ana").content.decode()
    of_one_check = browser.get("/check/?code=no_telephone").content.decode()
    exported = b"".join(browser.get("/check/?export=csv")).decode()

    assert ("600 Sales" in broken, "201 Ana" in broken) == (True, False)
    assert ("600 Sales" in searched, "201 Ana" in searched) == (False, True)
    assert ("202 Ben" in of_one_check, "201 Ana" in of_one_check) == (True, False)
    assert "Broken" in exported
    assert "Ring group that rings nobody" in exported


def test_nothing_to_mend_says_so(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    page = browser_of(owner, alpha).get("/check/").content.decode()

    assert "Nothing to mend" in page
    assert "It has not run yet." in page


def test_it_is_run_on_demand_and_says_how_much_it_found(
    browser_of: Browser, alpha: Tenant, owner: User, sales: Team, pair: list[Extension]
) -> None:
    suspend_extension(extension=pair[0], by=owner)

    page = browser_of(owner, alpha).post("/check/run/", follow=True).content.decode()

    with inside(alpha):
        assert f"Checked: {Finding.objects.count()} findings." in page
    assert "201 Ana is suspended and does not ring." in page
    assert "Something was changed since" not in page


def test_a_later_change_makes_the_result_old(
    browser_of: Browser, alpha: Tenant, inside_alpha: Tenant, owner: User
) -> None:
    run_check(at=NOON)
    configuration_changed(by=owner)

    assert "Something was changed since the last check." in browser_of(owner, alpha).get("/check/").content.decode()


def test_a_large_tenant_is_looked_at_by_a_worker(
    browser_of: Browser, alpha: Tenant, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "AT_ONCE", 0)
    browser = browser_of(owner, alpha)

    answers = [browser.post("/check/run/", follow=True).content.decode() for _turn in range(2)]

    assert all("The check is running." in one for one in answers)
    connection.set_schema_to_public()
    assert Outbox.objects.filter(task="extensions.check_configuration", schema="t2").count() == 1


def test_it_runs_every_night_in_every_tenant() -> None:
    [entry] = [one for one in PERIODIC if one.task == "extensions.check_configuration"]

    assert (entry.scope, entry.every.days) == ("tenants", 1)
    assert entry.spread


def test_a_repair_mends_and_says_so(
    browser_of: Browser, alpha: Tenant, owner: User, sales: Team, pair: list[Extension]
) -> None:
    suspend_extension(extension=pair[0], by=owner)
    run_check(at=NOON)
    finding = Finding.objects.get(code="suspended_member")

    page = browser_of(owner, alpha).post(f"/check/{finding.pk}/repair/", follow=True).content.decode()

    assert "Member taken out of the team." in page
    with inside(alpha):
        assert sales.memberships.count() == 1


def test_a_repair_that_is_refused_says_why(
    browser_of: Browser, alpha: Tenant, owner: User, three: list[Finding]
) -> None:
    page = browser_of(owner, alpha).post(f"/check/{three[0].pk}/repair/", follow=True).content.decode()

    assert "This needs a person: follow the link of the finding." in page


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("manager", 200), ("agent", 403)])
def test_who_may_look(
    request: pytest.FixtureRequest, browser_of: Browser, alpha: Tenant, three: list[Finding], who: str, status: int
) -> None:
    assert browser_of(request.getfixturevalue(who), alpha).get("/check/").status_code == status


def test_a_manager_sees_no_buttons_and_cannot_press_them(
    browser_of: Browser, alpha: Tenant, manager: User, three: list[Finding]
) -> None:
    browser = browser_of(manager, alpha)

    page = browser.get("/check/").content.decode()

    assert "201 Ana" in page
    assert "Send a new PIN" not in page
    assert "Check now" not in page
    assert browser.post("/check/run/").status_code == 403
    assert browser.post(f"/check/{three[1].pk}/repair/").status_code == 403


def test_a_finding_that_is_gone_or_of_another_tenant_is_not_there(
    browser_of: Browser, alpha: Tenant, beta: Tenant, owner: User, stranger: User, three: list[Finding]
) -> None:
    assert browser_of(owner, alpha).post("/check/999999/repair/").status_code == 404
    assert browser_of(stranger, beta).post(f"/check/{three[1].pk}/repair/").status_code == 404


def test_the_list_needs_the_same_queries_for_few_and_for_many_rows(
    browser_of: Browser, alpha: Tenant, owner: User, three: list[Finding]
) -> None:
    browser = browser_of(owner, alpha)

    def counted() -> int:
        browser.get("/check/")
        with CaptureQueriesContext(connection) as captured:
            browser.get("/check/")
        return reads(captured)

    few = counted()
    facts = {"code": "no_telephone", "severity": "hint", "name": "Desk", "text": "Odd.", "found_at": NOON}
    with inside(alpha):
        Finding.objects.bulk_create(Finding(subject=f"x{place}", **facts) for place in range(40))

    assert counted() == few <= 8


def test_findings_are_told_in_the_language_of_whoever_reads_them(
    browser_of: Browser, alpha: Tenant, owner: User, inside_alpha: Tenant
) -> None:
    schedule = create_schedule(name="Odd", time_zone=None, week=PRESETS[Preset.OFFICE], by=owner)
    WeekInterval.objects.create(schedule=schedule, kind="open", weekday=5, starts=600, ends=700)
    WeekInterval.objects.create(schedule=schedule, kind="open", weekday=5, starts=650, ends=720)
    run_check(at=NOON)

    def told(language: str) -> str:
        with override(language):
            return Finding.objects.get(code="overlapping_hours").text_words

    assert told("en").startswith("Saturday: ")
    assert told("de").startswith("Samstag: ")
