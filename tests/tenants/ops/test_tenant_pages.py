"""The operators' pages about tenants (TEN-02, TEN-03, TEN-08, PLT-02)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.jobs.models import Job, Step
from tenants.models import SubscriptionRequest, Tenant, TenantKind, TenantState

Browser = Callable[[User | None, Tenant], Client]
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
VERBS = ("rename", "product", "limits", "address", "administrator", "suspend", "resume")


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.feature("TEN-08")
def test_one_page_has_every_routine_verb(ops: Client) -> None:
    page = text_of(ops, "/ops/tenants/2/")

    for verb in (*VERBS[:-1], "enter", "audit"):
        assert f'href="/ops/tenants/2/{verb}/"' in page
    assert "/ops/tenants/2/resume/" not in page


@pytest.mark.feature("TEN-08")
@pytest.mark.parametrize(
    ("verb", "values", "field", "value"),
    [
        ("rename", {"name": "OmegaPhones", "short_name": "omega"}, "name", "OmegaPhones"),
        ("limits", {"max_extensions": 9, "max_channels": 4}, "max_extensions", 9),
        ("product", {"product": "Phone System"}, "product", "Phone System"),
        ("suspend", {"reason": "Unpaid"}, "state", "suspended"),
    ],
)
def test_a_verb_changes_the_tenant_and_leaves_an_audit_row(
    ops: Client, alpha: Tenant, verb: str, values: dict[str, object], field: str, value: object
) -> None:
    answer = ops.post(f"/ops/tenants/2/{verb}/", values)

    alpha.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, "/ops/tenants/2/")
    assert getattr(alpha, field) == value
    assert LogEntry.objects.filter(table="Tenant", user_name="Olivia").count() == (verb != "product")


@pytest.mark.feature("TEN-08")
def test_the_administrator_is_chosen_and_gets_a_link(ops: Client, owner: User, mailoutbox: list) -> None:
    assert "owner@alpha.example" in text_of(ops, "/ops/tenants/2/administrator/")

    answer = ops.post("/ops/tenants/2/administrator/", {"user": owner.pk})

    assert answer.status_code == 302
    assert [mail.to for mail in mailoutbox] == [["owner@alpha.example"]]


@pytest.mark.feature("PLT-05")
def test_the_address_page_proposes_a_free_name_made_from_the_tenants(ops: Client, alpha: Tenant) -> None:
    page = text_of(ops, "/ops/tenants/2/address/")

    assert 'value="alpha-phones-2.localhost"' in page
    assert "own name or a related name" in page


@pytest.mark.feature("TEN-08")
@pytest.mark.parametrize(
    ("verb", "values", "sentence"),
    [
        ("rename", {"name": "Alpha Phones", "short_name": "alpha"}, "spaces"),
        ("rename", {"name": "BetaPhones", "short_name": "alpha"}, "already has this name"),
        ("limits", {"max_extensions": 0, "max_channels": 4}, "This tenant has 1 extension"),
        ("limits", {"max_extensions": "", "max_channels": -1}, "required"),
        ("product", {"product": "Nobody sells this"}, "not in this list"),
        ("address", {"fqdn": "beta-phones.localhost"}, "already uses this address"),
        ("address", {"fqdn": "bad_name.localhost"}, "Use letters a to z"),
        ("administrator", {"user": "999"}, "not in this list"),
        ("suspend", {"reason": " "}, "required"),
        ("resume", {}, "not suspended"),
    ],
)
def test_a_refusal_stands_on_the_form_which_keeps_what_was_typed(
    ops: Client, verb: str, values: dict[str, object], sentence: str
) -> None:
    answer = ops.post(f"/ops/tenants/2/{verb}/", values)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    for value in values.values():
        assert str(value) in answer.content.decode()


@pytest.mark.feature("PLT-02")
@pytest.mark.parametrize("verb", VERBS)
def test_instance_1_offers_and_does_nothing_of_a_customer(ops: Client, management: Tenant, verb: str) -> None:
    address = f"/ops/tenants/1/{verb}/"
    values = {
        "name": "Customer", "short_name": "cust", "product": "Phone System", "max_extensions": 1, "max_channels": 1,
        "fqdn": "x.localhost", "user": 1, "reason": "No",
    }  # fmt: skip

    seen = ops.get(address, follow=True)
    posted = ops.post(address, values)

    assert f'href="{address}"' not in seen.content.decode()
    assert "Customers belong in instance 2 onward" in seen.content.decode()
    assert posted.status_code == 422
    management.refresh_from_db()
    assert (management.name, management.state, management.kind) == ("Trunkline", "active", TenantKind.MANAGEMENT)


@pytest.mark.feature("TEN-02")
def test_the_page_tells_the_history_of_the_status(ops: Client) -> None:
    ops.post("/ops/tenants/2/suspend/", {"reason": "Unpaid invoice 17"})

    page = text_of(ops, "/ops/tenants/2/")

    assert "Unpaid invoice 17" in page
    assert "Olivia" in page
    assert 'href="/ops/tenants/2/resume/"' in page
    assert 'href="/ops/tenants/2/suspend/"' not in page
    assert 'href="/ops/tenants/2/enter/"' not in page


@pytest.mark.feature("AUD-01")
def test_the_tenants_log_shows_its_changes_and_no_other_tenants(ops: Client) -> None:
    ops.post("/ops/tenants/2/rename/", {"name": "OmegaPhones", "short_name": "omega"})
    ops.post("/ops/tenants/3/rename/", {"name": "GammaPhones", "short_name": "gamma"})

    page = text_of(ops, "/ops/tenants/2/audit/")

    assert "OmegaPhones" in page
    assert "GammaPhones" not in page


@pytest.mark.feature("TEN-01")
def test_an_unknown_number_and_a_templates_schema_are_not_found(ops: Client) -> None:
    for number in ("0", "99", "99999999999999999999"):
        assert ops.get(f"/ops/tenants/{number}/").status_code == 404


@pytest.mark.feature("ROL-07")
@pytest.mark.parametrize(
    ("person", "address", "status"),
    [
        ("oscar", "/ops/tenants/", 200),
        ("oscar", "/ops/tenants/2/", 200),
        *[("oscar", f"/ops/tenants/2/{verb}/", 403) for verb in VERBS],
        ("rita", "/ops/tenants/", 403),
        ("rita", "/ops/", 403),
        ("prospect", "/ops/tenants/2/", 403),
    ],
)
def test_who_may_open_what(
    request: pytest.FixtureRequest, management: Tenant, browser_of: Browser, person: str, address: str, status: int
) -> None:
    browser = browser_of(request.getfixturevalue(person), management)

    assert browser.get(address).status_code == status


@pytest.mark.feature("ROL-07")
def test_support_sees_no_button_that_it_may_not_press(oscar: User, management: Tenant, browser_of: Browser) -> None:
    page = text_of(browser_of(oscar, management), "/ops/tenants/2/")

    for verb in VERBS:
        assert f"/ops/tenants/2/{verb}/" not in page
    assert "/ops/tenants/2/enter/" in page


def test_the_operators_pages_do_not_exist_on_a_tenants_host(owner: User, alpha: Tenant, browser_of: Browser) -> None:
    for address in ("/ops/", "/ops/tenants/", "/ops/settings/", "/ops/templates/"):
        assert browser_of(owner, alpha).get(address).status_code == 404


@pytest.mark.feature("TEN-08")
def test_the_page_shows_how_the_tenant_was_made(ops: Client, alpha: Tenant, olivia: User) -> None:
    job = Job.objects.create(
        kind="provision", title="Create AlphaPhones", schema="public", state="succeeded", run_at=NOON
    )
    Step.objects.create(
        job=job,
        ordinal=1,
        name="clone",
        title="Copy the template",
        state="done",
        started_at=NOON,
        finished_at=NOON + timedelta(seconds=2),
        detail="t2",
    )
    SubscriptionRequest.objects.create(
        reference="TR-AAAA-BBBB",
        token=uuid4(),
        requester=olivia,
        template_version=alpha.template_version,
        name="AlphaPhones",
        short_name="alpha",
        upn_suffix="alpha.example",
        fqdn="alpha-phones.localhost",
        user_name="owner",
        ani="+6561234567",
        contact_name="Ann",
        contact_email="ann@alpha.example",
        state="completed",
        submitted_at=NOON,
        job_id=job.pk,
        tenant=alpha,
    )

    page = text_of(ops, "/ops/tenants/2/")

    assert "Copy the template" in page
    assert "2.0 s" in page
    assert f'href="/ops/jobs/{job.pk}/"' in page
    assert 'href="/ops/requests/TR-AAAA-BBBB/"' in page
    with CaptureQueriesContext(connection) as seen:
        text_of(ops, "/ops/tenants/2/")
    assert len(seen) <= 14


@pytest.mark.feature("TEN-08")
@pytest.mark.parametrize("verb", VERBS)
def test_a_tenant_that_is_still_being_created_can_be_seen_but_not_changed(ops: Client, verb: str) -> None:
    Tenant.objects.create(schema_name="t50", instance_number=50, name="Young", state=TenantState.PROVISIONING)
    values = {
        "name": "Customer", "short_name": "cust", "product": "Phone System", "max_extensions": 1, "max_channels": 1,
        "fqdn": "x.localhost", "user": 1, "reason": "No",
    }  # fmt: skip

    seen = ops.get(f"/ops/tenants/50/{verb}/", follow=True)
    posted = ops.post(f"/ops/tenants/50/{verb}/", values)

    assert "cannot be changed" in seen.content.decode()
    assert f'href="/ops/tenants/50/{verb}/"' not in seen.content.decode()
    assert posted.status_code == 422
