"""Routine administration without going inside (TEN-08, TEN-09, PLT-02, PLT-04)."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection, transaction
from django.test import Client

from extensions.models import Extension
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.core.errors import ManagementInstance, Refusals
from tenants.door import inside
from tenants.models import NameClaim, Tenant, TenantState
from tenants.services.lifecycle.address import change_address
from tenants.services.lifecycle.administrator import NotAnAdministrator, administrators_of, reset_administrator_password
from tenants.services.lifecycle.guard import Closed, NotThere
from tenants.services.lifecycle.limits import BelowUse, change_limits, change_product, count_extensions
from tenants.services.lifecycle.rename import rename_tenant
from tenants.services.names import BadName
from tenants.tasks import count_extensions_task

Browser = Callable[[User | None, Tenant], Client]
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def second_extension() -> None:
    Extension.objects.create(number="102", directory_name="Two", sip_username="two", sip_password="-", created_at=NOON)


@pytest.mark.feature("TEN-09")
def test_a_rename_changes_neither_schema_nor_number_nor_personnel_ids(alpha: Tenant) -> None:
    with inside(alpha):
        people = set(User.objects.values_list("username", "personnel_id"))

    rename_tenant(tenant=alpha, name="OmegaPhones", short_name="omega")

    alpha.refresh_from_db()
    assert (alpha.name, alpha.short_name) == ("OmegaPhones", "omega")
    assert (alpha.schema_name, alpha.instance_number, alpha.upn_suffix) == ("t2", 2, "alpha.example")
    with inside(alpha):
        assert set(User.objects.values_list("username", "personnel_id")) == people


@pytest.mark.feature("TEN-08")
def test_a_rename_frees_the_old_names_and_holds_the_new_ones(alpha: Tenant, beta: Tenant) -> None:
    rename_tenant(tenant=alpha, name="OmegaPhones", short_name="omega")
    rename_tenant(tenant=beta, name="AlphaPhones", short_name="alpha")

    held = set(NameClaim.objects.filter(kind__in=["name", "short_name"]).values_list("value", "tenant_id"))
    assert {("omegaphones", alpha.pk), ("omega", alpha.pk), ("alphaphones", beta.pk), ("alpha", beta.pk)} <= held


@pytest.mark.feature("TEN-08")
def test_a_name_that_another_tenant_holds_is_refused_in_any_letter_case(alpha: Tenant) -> None:
    with pytest.raises(Refusals) as refusal:
        rename_tenant(tenant=alpha, name="BETAphones", short_name="BETA")

    assert set(refusal.value.errors) == {"name", "short_name"}
    alpha.refresh_from_db()
    assert alpha.name == "AlphaPhones"
    assert NameClaim.objects.filter(tenant=alpha).count() == 4


@pytest.mark.feature("TEN-09")
@pytest.mark.parametrize("change", ["schema_name = 't99'", "instance_number = 99"])
def test_the_database_refuses_another_schema_or_number(alpha: Tenant, change: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE tenants_tenant SET {change} WHERE instance_number = 2")


@pytest.mark.feature("PLT-04")
def test_a_new_address_answers_and_the_old_one_stops(alpha: Tenant, browser_of: Browser) -> None:
    browser = browser_of(None, alpha)

    change_address(tenant=alpha, fqdn="Omega.localhost")

    assert browser.get("/account/login/").status_code == 404
    assert browser.get("/account/login/", HTTP_HOST="omega.localhost").status_code == 200
    claims = NameClaim.objects.filter(tenant=alpha, kind="fqdn").values_list("value", flat=True)
    assert list(claims) == ["omega.localhost"]


@pytest.mark.feature("PLT-04")
@pytest.mark.parametrize(
    ("fqdn", "refusal"),
    [
        ("beta-phones.localhost", Refusals),
        ("BETA-phones.LOCALHOST", Refusals),
        ("-x.localhost", BadName),
        ("x-.localhost", BadName),
        ("a_b.localhost", BadName),
        ("x.elsewhere.example", BadName),
        ("admin.localhost", BadName),
        ("tpl1.localhost", BadName),
        (f"{'x' * 49}.localhost", BadName),
    ],
)
def test_an_address_that_cannot_be_had_is_refused_beside_the_field(
    alpha: Tenant, fqdn: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as refused:
        change_address(tenant=alpha, fqdn=fqdn)

    assert getattr(refused.value, "errors", {"fqdn": ""}).keys() == {"fqdn"}
    assert alpha.get_primary_domain().domain == "alpha-phones.localhost"


@pytest.mark.feature("TEN-08")
def test_product_and_limits_change_from_outside(alpha: Tenant) -> None:
    change_product(tenant=alpha, product="Call centre")
    change_limits(tenant=alpha, max_extensions=7, max_channels=3)

    alpha.refresh_from_db()
    assert (alpha.product, alpha.max_extensions, alpha.max_channels) == ("Call centre", 7, 3)


@pytest.mark.feature("TEN-08")
def test_a_limit_below_what_exists_is_refused_with_the_numbers(alpha: Tenant) -> None:
    with inside(alpha):
        second_extension()

    with pytest.raises(BelowUse, match=r"has 2 extensions: delete 1") as refusal:
        change_limits(tenant=alpha, max_extensions=1, max_channels=3)

    assert refusal.value.field == "max_extensions"


@pytest.mark.feature("TEN-01")
def test_the_number_of_extensions_is_copied_up(alpha: Tenant, beta: Tenant) -> None:
    with inside(alpha):
        second_extension()

    count_extensions_task(origin="t2")

    alpha.refresh_from_db()
    beta.refresh_from_db()
    assert (alpha.extensions_used, beta.extensions_used) == (2, 0)
    assert count_extensions(tenant=beta).extensions_used == 1


@pytest.mark.feature("TEN-08")
def test_an_administrator_gets_a_link_at_the_own_address(
    alpha: Tenant, owner: User, mailoutbox: list[EmailMessage]
) -> None:
    reset_administrator_password(tenant=alpha, user_id=owner.pk)

    (mail,) = mailoutbox
    assert mail.to == ["owner@alpha.example"]
    assert "//alpha-phones.localhost" in mail.body
    assert LogEntry.objects.filter(message="Reset administrator's password", object_repr="AlphaPhones").exists()


@pytest.mark.feature("TEN-08")
def test_only_administrators_of_that_tenant_can_be_chosen(
    alpha: Tenant, agent: User, stranger: User, mailoutbox: list[EmailMessage]
) -> None:
    assert [one.display_name for one in administrators_of(alpha)] == ["Owner"]
    for person in (agent, stranger):
        with pytest.raises(NotAnAdministrator):
            reset_administrator_password(tenant=alpha, user_id=person.pk)
    assert mailoutbox == []


@pytest.mark.feature("PLT-02")
@pytest.mark.parametrize(
    ("verb", "values"),
    [
        (rename_tenant, {"name": "Customer", "short_name": "cust"}),
        (change_address, {"fqdn": "customer.localhost"}),
        (change_product, {"product": "Phone System"}),
        (change_limits, {"max_extensions": 5, "max_channels": 5}),
        (reset_administrator_password, {"user_id": 1}),
    ],
)
def test_instance_1_refuses_every_customer_verb(management: Tenant, verb: Callable, values: dict[str, Any]) -> None:
    with pytest.raises(ManagementInstance, match="instance 2 onward"):
        verb(tenant=management, **values)


@pytest.mark.feature("PLT-02")
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM tenants_tenant WHERE instance_number = 1",
        "UPDATE tenants_tenant SET state = 'suspended' WHERE instance_number = 1",
        "UPDATE tenants_tenant SET kind = 'customer', is_management = false, instance_number = 9 "
        "WHERE instance_number = 1",
    ],
)
def test_the_database_keeps_instance_1_what_it_is(management: Tenant, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.feature("TEN-08")
@pytest.mark.parametrize("state", [TenantState.PROVISIONING, TenantState.TERMINATED, TenantState.PURGED])
@pytest.mark.parametrize(
    ("verb", "values"),
    [
        (rename_tenant, {"name": "Other", "short_name": "other"}),
        (change_address, {"fqdn": "other.localhost"}),
        (change_product, {"product": "Phone System"}),
        (change_limits, {"max_extensions": 5, "max_channels": 5}),
        (reset_administrator_password, {"user_id": 1}),
    ],
)
def test_a_tenant_that_is_not_there_yet_or_any_more_is_left_alone(
    alpha: Tenant, state: TenantState, verb: Callable, values: dict[str, Any]
) -> None:
    alpha.state = state
    alpha.save(update_fields=["state"])

    with pytest.raises(NotThere, match="cannot be changed"):
        verb(tenant=alpha, **values)


@pytest.mark.feature("TEN-08")
def test_no_link_is_sent_into_a_suspended_tenant(alpha: Tenant, owner: User, mailoutbox: list[EmailMessage]) -> None:
    alpha.state = TenantState.SUSPENDED
    alpha.save(update_fields=["state"])

    with pytest.raises(Closed, match="Resume it first"):
        reset_administrator_password(tenant=alpha, user_id=owner.pk)

    assert mailoutbox == []


@pytest.mark.feature("TEN-08")
def test_the_time_zone_is_changed_from_the_tenants_page(
    browser_of: Callable[..., Client], management: Tenant, olivia: User, alpha: Tenant
) -> None:
    answer = browser_of(olivia, management).post("/ops/tenants/2/zone/", {"time_zone": "Asia/Singapore"})

    alpha.refresh_from_db()
    assert answer["Location"] == "/ops/tenants/2/"
    assert str(alpha.time_zone) == "Asia/Singapore"
