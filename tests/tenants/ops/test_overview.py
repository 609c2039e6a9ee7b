"""The operators' first page, and the front door that leads to it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import User
from portal.jobs.models import Job, JobState, Mail, MailState
from portal.sites.entries import MANAGEMENT, TENANT
from tenants.models import Platform, Tenant
from tenants.selectors.onboarding import STEPS

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
Browser = Callable[[User | None, Tenant], Client]


def page_of(client: Client, address: str = "/ops/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_tiles_count_tenants_and_lead_to_the_list(ops: Client) -> None:
    page = page_of(ops)

    assert '<a class="tile" href="/ops/tenants/?state=active"><b>2</b>' in page
    assert "Nothing needs attention" in page


def test_failed_work_needs_attention(ops: Client) -> None:
    Job.objects.create(
        kind="demo",
        title="Import of people",
        schema="t2",
        state=JobState.FAILED,
        message="Row 7 is wrong.",
        run_at=NOON,
    )
    Mail.objects.create(
        schema="t2", recipient="a@b.example", subject="Hello", message_id="1", state=MailState.FAILED, last_error="550"
    )

    page = page_of(ops)

    assert "Import of people" in page
    assert "Row 7 is wrong." in page
    assert "Mail to a@b.example" in page
    assert page.count("is-alive") == 2


def test_the_overview_needs_the_same_queries_however_much_there_is(ops: Client) -> None:
    with CaptureQueriesContext(connection) as few:
        page_of(ops)
    for number in range(50):
        Job.objects.create(kind="demo", title=f"Job {number}", schema="t2", state=JobState.FAILED, run_at=NOON)

    with CaptureQueriesContext(connection) as many:
        page_of(ops)

    assert len(many) == len(few)


@pytest.mark.feature("PLT-06")
def test_the_checklist_has_the_seven_steps_until_all_are_done(ops: Client) -> None:
    page = page_of(ops)
    assert 'id="onboarding"' in page
    for step in STEPS:
        assert f"{step.number}. " in page

    for number in (1, 2, 3, 5, 6, 7):
        assert ops.post(f"/ops/onboarding/{number}/").status_code == 302

    assert Platform.objects.get().onboarding_done == [1, 2, 3, 5, 6, 7]
    assert 'id="onboarding"' not in page_of(ops)


@pytest.mark.feature("PLT-06")
def test_a_customer_ticks_step_4_by_itself_and_other_ticks_can_be_taken_back(ops: Client) -> None:
    assert 'action="/ops/onboarding/4/"' not in page_of(ops)

    ops.post("/ops/onboarding/1/")
    ops.post("/ops/onboarding/1/")

    assert Platform.objects.get().onboarding_done == []
    assert ops.post("/ops/onboarding/8/").status_code == 404


@pytest.mark.feature("ROL-07")
def test_support_may_not_tick(oscar: User, management: Tenant, browser_of: Browser) -> None:
    browser = browser_of(oscar, management)

    assert "/ops/onboarding/" not in page_of(browser)
    assert browser.post("/ops/onboarding/1/").status_code == 403


@pytest.mark.parametrize(
    ("person", "first"), [("olivia", "/ops/"), ("oscar", "/ops/"), ("rita", "/register/"), ("prospect", "/register/")]
)
def test_the_front_door_leads_to_the_first_page_that_one_may_open(
    request: pytest.FixtureRequest, management: Tenant, browser_of: Browser, person: str, first: str
) -> None:
    browser = browser_of(request.getfixturevalue(person), management)

    answer = browser.get("/")

    assert answer.status_code == 302
    assert answer["Location"].startswith(first)
    assert browser.get(answer["Location"]).status_code in (200, 302)


def test_nobody_signed_in_is_asked_to_sign_in(management: Tenant, browser_of: Browser) -> None:
    for address in ("/", "/ops/", "/ops/tenants/", "/ops/settings/edit/"):
        answer = browser_of(None, management).get(address)
        assert answer["Location"].startswith("/account/login/?next=")


@pytest.mark.parametrize(
    ("tree", "urls"), [(MANAGEMENT, "portal.sites.urls_management"), (TENANT, "portal.sites.urls_tenant")]
)
def test_every_entry_of_the_rail_leads_somewhere(tree: tuple, urls: str) -> None:
    for _label, entries in tree:
        for entry in entries:
            assert reverse(entry.url_name, urlconf=urls).startswith("/")


def test_exactly_one_entry_of_the_rail_is_the_present_one(ops: Client) -> None:
    for address in ("/ops/", "/ops/tenants/", "/ops/tenants/2/rename/", "/ops/settings/"):
        assert page_of(ops, address).split("</nav>", 1)[0].count('aria-current="page"') == 1
