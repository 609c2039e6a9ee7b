"""Limits of a tenant beside extensions and channels (TEN-06, TEN-07, TEN-08)."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from extensions.capacity import PARKING_SLOT, STORAGE, TEAM, capacity
from extensions.limit_words import LimitReached
from extensions.models import Configuration, Team
from extensions.services.platform_defaults import change_platform_settings
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.jobs.drain import run_everything_due
from portal.jobs.models import Outbox
from tenants.door import inside
from tenants.limits import Limit, limit_of
from tenants.models import Tenant
from tenants.services.lifecycle.suspension import resume_tenant, suspend_tenant
from tenants.services.lifecycle.zone import change_zone

Browser = Callable[[User | None, Tenant], Client]
LIMITS = "/ops/tenants/2/limits/"
COLUMNS = {"max_extensions": 50, "max_channels": 10}


@pytest.mark.feature("TEN-06", "TEN-08")
def test_an_operator_sets_every_limit_from_the_tenants_page(
    browser_of: Browser, management: Tenant, olivia: User, alpha: Tenant
) -> None:
    answer = browser_of(olivia, management).post(LIMITS, {**COLUMNS, "teams": 3, "storage_mb": 20, "phones": ""})

    alpha.refresh_from_db()
    assert answer.status_code == 302
    assert [limit_of(alpha, sku) for sku in (Limit.TEAMS, Limit.STORAGE_MB, Limit.PHONES)] == [3, 20, None]


@pytest.mark.feature("TEN-06")
def test_a_limit_below_what_exists_is_refused_beside_its_field(
    browser_of: Browser, management: Tenant, olivia: User, alpha: Tenant
) -> None:
    with inside(alpha):
        Team.objects.bulk_create(Team(name=f"Team {n}") for n in range(3))

    answer = browser_of(olivia, management).post(LIMITS, {**COLUMNS, "teams": 2})

    assert answer.status_code == 422
    assert "This tenant has 3 teams: delete 1 of them first" in answer.content.decode()


@pytest.mark.feature("TEN-06")
@pytest.mark.parametrize(("sku", "limit", "asked"), [(TEAM, 2, 3), (PARKING_SLOT, 5, 6), (STORAGE, 1, 1024 * 1024 + 1)])
def test_nobody_gets_more_than_the_limit(inside_alpha: Tenant, sku: Limit, limit: int, asked: int) -> None:
    connection.tenant.limits = {sku.value: limit}

    capacity().take(sku, asked - 1)
    with pytest.raises(LimitReached):
        capacity().take(sku, asked)


@pytest.mark.feature("TEN-07")
def test_the_sentence_has_the_figures_and_a_link_to_buy_more(inside_alpha: Tenant) -> None:
    Team.objects.create(name="Only one")
    connection.tenant.limits = {"teams": 1}

    with pytest.raises(LimitReached) as refusal:
        capacity().take(TEAM, 1)

    assert str(refusal.value) == 'You may have 1 teams, and 1 exist. <a href="/limits/">Get more</a>'


@pytest.mark.feature("TEN-07")
def test_the_provider_writes_sentence_and_link(
    browser_of: Browser, management: Tenant, olivia: User, alpha: Tenant, owner: User
) -> None:
    change_platform_settings(
        values={"limit.sentence": "Sold out <{used} of {limit} {what}>", "limit.link": "https://shop.example/more"}
    )
    Tenant.objects.filter(pk=alpha.pk).update(max_extensions=1)

    answer = browser_of(owner, alpha).post("/extensions/new/", {"number": "102", "first_name": "Mei"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'Sold out &lt;1 of 1 extensions&gt; <a href="https://shop.example/more">Get more</a>' in page


@pytest.mark.feature("TEN-07")
@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("limit.sentence", "{money}", "{money} is not known"),
        ("limit.link", "javascript:alert(1)", "Start with https:// or mailto:"),
    ],
)
def test_a_sentence_or_link_that_cannot_work_is_refused(
    browser_of: Browser, management: Tenant, olivia: User, field: str, typed: str, sentence: str
) -> None:
    browser = browser_of(olivia, management)
    form = browser.get("/ops/settings/defaults/").context["form"]
    unchanged = {name: form[name].value() or "" for name in form.fields if not name.startswith("lock:")}

    answer = browser.post("/ops/settings/defaults/", {**unchanged, field: typed})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.feature("TEN-06")
def test_the_platforms_defaults_reach_every_tenant_by_one_statement(
    browser_of: Browser, management: Tenant, olivia: User, alpha: Tenant, beta: Tenant
) -> None:
    browser = browser_of(olivia, management)
    form = browser.get("/ops/settings/defaults/").context["form"]
    unchanged = {name: form[name].value() or "" for name in form.fields if not name.startswith("lock:")}

    answer = browser.post("/ops/settings/defaults/", {**unchanged, "voicemail.ring_seconds": "40"})

    assert answer.status_code == 302
    for tenant in (alpha, beta):
        tenant.refresh_from_db()
        assert tenant.platform_settings == {"voicemail.ring_seconds": {"value": 40, "locked": False}}
    assert LogEntry.objects.filter(object_repr="AlphaPhones", changes__has_key="platform_settings").exists()
    browser.post("/ops/settings/defaults/", {"reset": "voicemail.ring_seconds"})
    alpha.refresh_from_db()
    assert alpha.platform_settings == {}


@pytest.mark.feature("TEN-06")
def test_a_new_default_of_the_platform_raises_the_version_of_each_tenant_it_reaches(
    management: Tenant, olivia: User, alpha: Tenant, beta: Tenant
) -> None:
    said = {"voicemail.ring_seconds": {"value": 40, "locked": False}}
    Tenant.objects.filter(pk=beta.pk).update(platform_settings=said)
    before = {tenant.pk: _version(tenant) for tenant in (alpha, beta)}

    change_platform_settings(values={"voicemail.ring_seconds": 40})
    run_everything_due()

    assert {tenant.pk: _version(tenant) - before[tenant.pk] for tenant in (alpha, beta)} == {alpha.pk: 1, beta.pk: 0}


@pytest.mark.feature("TEN-06", "TEN-03")
def test_a_suspended_tenant_gets_its_new_version_when_it_goes_on(
    management: Tenant, olivia: User, alpha: Tenant
) -> None:
    before = _version(alpha)
    suspend_tenant(tenant=alpha, reason="Unpaid", by=olivia, at=timezone.now())

    change_platform_settings(values={"voicemail.ring_seconds": 40})
    run_everything_due()
    closed = _version(alpha)
    resume_tenant(tenant=alpha, reason="Paid", by=olivia, at=timezone.now())
    Outbox.objects.waiting().update(run_at=timezone.now())
    run_everything_due()

    assert (closed, _version(alpha)) == (before, before + 1)


@pytest.mark.feature("SCH-06")
def test_another_zone_raises_the_version_of_the_tenant(management: Tenant, alpha: Tenant) -> None:
    before = _version(alpha)

    change_zone(tenant=alpha, time_zone=ZoneInfo("Europe/Berlin"))
    run_everything_due()

    assert _version(alpha) == before + 1


def _version(tenant: Tenant) -> int:
    with inside(tenant):
        return Configuration.objects.get(pk=1).version


@pytest.mark.feature("TEN-07")
def test_the_company_sees_its_limits_and_what_is_used(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    page = browser_of(owner, alpha).get("/limits/").content.decode()

    assert "Extensions" in page
    assert 'value="2"' in page  # 1 of 50 extensions is 2 percent
    assert "no limit" in page


@pytest.mark.feature("TEN-07")
def test_whoever_may_buy_gets_more_from_there(browser_of: Browser, alpha: Tenant, owner: User, manager: User) -> None:
    assert 'href="/licences/buy/"' in browser_of(owner, alpha).get("/limits/").content.decode()
    assert "Ask your provider" in browser_of(manager, alpha).get("/limits/").content.decode()


def test_an_agent_does_not_see_the_limits(browser_of: Browser, alpha: Tenant, agent: User) -> None:
    assert browser_of(agent, alpha).get("/limits/").status_code == 403
