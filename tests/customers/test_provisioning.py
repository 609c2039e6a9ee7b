"""A tenant's customer and contact come from its request (REG-13)."""

import uuid
from datetime import UTC, datetime

import pytest
from django.template import engines

from customers.models import Customer, Purchase
from customers.provisioning import CreateCustomer, customer_name
from customers.selectors import customer_of
from licensing.models import Pool
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.core.errors import ManagementInstance
from portal.jobs.context import Context
from portal.jobs.models import Job
from tenants.door import inside
from tenants.models import RequestState, SubscriptionRequest, TemplateVersion, Tenant
from tenants.services.steps.licences import GrantLicences

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def request_of_alpha(alpha: Tenant, prospect: User) -> SubscriptionRequest:
    return SubscriptionRequest.objects.create(
        reference="TR-7K3M-9QXT",
        token=uuid.uuid4(),
        requester=prospect,
        template_version=alpha.template_version,
        name="AlphaPhones",
        short_name="alpha",
        upn_suffix="alpha.example",
        fqdn="alpha-phones.localhost",
        user_name="owner",
        ani="+6561234567",
        contact_name="Mei Tan",
        contact_email="Mei@alpha.example",
        contact_phone="+6561234567",
        company="Alpha Phones Pte Ltd",
        street="1 Robinson Road",
        city="Singapore",
        postal_code="048542",
        country="SG",
        state=RequestState.PROVISIONING,
        submitted_at=NOON,
        tenant=alpha,
    )


@pytest.fixture
def context(request_of_alpha: SubscriptionRequest) -> Context:
    return Context(Job(payload={"request_id": request_of_alpha.pk}), None, {})


def card_of(tenant: Tenant) -> str:
    return engines["django"].from_string("{% load customers %}{% customer_card tenant %}").render({"tenant": tenant})


@pytest.mark.feature("REG-13")
def test_the_contact_has_what_was_typed(context: Context, alpha: Tenant) -> None:
    CreateCustomer().apply(context)

    customer = customer_of(alpha)
    contact = customer.contacts.get()
    assert customer.name == "Alpha Phones Pte Ltd"
    assert (contact.name, contact.email, contact.phone) == ("Mei Tan", "Mei@alpha.example", "+6561234567")
    assert (contact.street, contact.postal_code, contact.city, contact.country) == (
        "1 Robinson Road",
        "048542",
        "Singapore",
        "SG",
    )


def test_without_a_company_the_customer_is_called_like_the_tenant(request_of_alpha: SubscriptionRequest) -> None:
    request_of_alpha.company = ""

    assert customer_name(request_of_alpha) == "AlphaPhones"


@pytest.mark.feature("JOB-02")
def test_the_step_may_run_twice(context: Context, alpha: Tenant) -> None:
    for _time in range(2):
        CreateCustomer().apply(context)

    assert Customer.objects.filter(tenant=alpha).count() == 1
    assert customer_of(alpha).contacts.count() == 1


def test_undo_leaves_nothing_and_may_run_twice(context: Context, alpha: Tenant) -> None:
    CreateCustomer().apply(context)

    for _time in range(2):
        CreateCustomer().undo(context)

    assert customer_of(alpha) is None


@pytest.mark.feature("AUD-01")
def test_customer_contact_and_package_are_in_the_audit_log(context: Context, alpha: Tenant) -> None:
    before = LogEntry.objects.count()

    CreateCustomer().apply(context)

    assert LogEntry.objects.count() == before + 3


def test_the_card_shows_customer_and_contact(context: Context, alpha: Tenant) -> None:
    CreateCustomer().apply(context)

    card = card_of(alpha)
    for word in ("Alpha Phones Pte Ltd", "Mei Tan", "mailto:Mei@alpha.example", "048542 Singapore"):
        assert word in card


def test_the_management_instance_has_no_customer(management: Tenant) -> None:
    card = (
        engines["django"].from_string("{% load customers %}{% customer_card tenant %}").render({"tenant": management})
    )

    assert card.strip() == ""


@pytest.mark.feature("PLT-02")
def test_instance_1_never_becomes_a_customer(
    context: Context, request_of_alpha: SubscriptionRequest, management: Tenant
) -> None:
    request_of_alpha.tenant = management
    request_of_alpha.save(update_fields=["tenant"])

    with pytest.raises(ManagementInstance, match="instance 2 onward"):
        CreateCustomer().apply(context)


@pytest.mark.feature("PLT-16")
def test_the_licence_history_begins_with_what_the_package_includes(context: Context, alpha: Tenant) -> None:
    CreateCustomer().apply(context)
    CreateCustomer().apply(context)

    assert [(one.quantity, one.included, one.name) for one in Purchase.objects.of(alpha)] == [
        (alpha.max_extensions, True, "Phone System")
    ]


@pytest.mark.feature("TPL-02", "PLT-16")
def test_the_add_ons_and_numbers_of_the_package_are_in_the_pools_and_in_the_history(
    context: Context, alpha: Tenant
) -> None:
    alpha.limits = {"numbers": 4}
    alpha.save(update_fields=["limits"])
    TemplateVersion.objects.filter(pk=alpha.template_version_id).update(addons={"team_chat": 7, "device_mobile_app": 2})

    GrantLicences().apply(context)
    CreateCustomer().apply(context)

    due = {"phone_system": alpha.max_extensions, "license_number": 4, "team_chat": 7, "device_mobile_app": 2}
    with inside(alpha):
        assert dict(Pool.objects.filter(sku__in=due).values_list("sku", "bought")) == due
    history = Purchase.objects.of(alpha)
    assert {one.sku: one.quantity for one in history} == due
    assert {(one.unit_minor, one.included) for one in history} == {(0, True)}
