"""Source 001's own example, as it is typed, and what it takes to submit it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from tenants.models import Platform, RegistrationDraft, SubscriptionRequest, TemplateVersion, Tenant
from tenants.services.requests.drafts import choose_template, save_contact, save_tenant
from tenants.services.requests.submit import submit_request

MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PASSWORD = "plenty of purple kettles 7"
KENTON = {
    "name": "KentonElectronics",
    "short_name": "ke",
    "upn_suffix": "kenton-electronics.com",
    "user_name": "keAdmin",
    "ani": "+6561234567",
    "fqdn": "",
}
CONTACT = {
    "contact_name": "Anna Kenton",
    "contact_email": "anna@kenton-electronics.com",
    "contact_phone": "+6561234567",
    "company": "Kenton Electronics Ltd",
    "street": "1 Robinson Road",
    "city": "Singapore",
    "postal_code": "048542",
    "country": "SG",
}

MANAGEMENT = "portal.sites.urls_management"
TEMPLATE, TENANT, CONTACTS = (
    reverse(f"register:{name}", urlconf=MANAGEMENT) for name in ("template", "tenant", "contact")
)
WHOLE = {**KENTON, "password": PASSWORD, "confirm": PASSWORD}

Browser = Callable[[User | None, Tenant], Client]
DraftMaker = Callable[..., RegistrationDraft]
RequestMaker = Callable[..., SubscriptionRequest]


@pytest.fixture(autouse=True)
def _real_mail(settings: Any) -> None:
    """Django's test runner puts its own backend in place of the outbox."""
    settings.EMAIL_BACKEND = "portal.jobs.mail.OutboxBackend"


@pytest.fixture
def at() -> datetime:
    """Monday, noon, UTC."""
    return MONDAY_NOON


@pytest.fixture
def platform(management: object) -> Platform:
    return Platform.objects.get(pk=1)


@pytest.fixture
def standard(management: object) -> TemplateVersion:
    """The version of the template that every installation starts with; prospects may choose it."""
    return TemplateVersion.objects.get(template__is_default=True)


@pytest.fixture
def draft_of_kenton(standard: TemplateVersion) -> DraftMaker:
    """`draft_of_kenton(person, name=…)`: all three tabs filled in with source 001's example, apart from the changes."""

    def fill_in(person: User, **changes: str) -> RegistrationDraft:
        values = {key: changes.get(key, value) for key, value in KENTON.items()}
        choose_template(by=person, version_id=standard.pk)
        save_tenant(by=person, values=values, password=PASSWORD)
        return save_contact(by=person, typed={key: changes.get(key, value) for key, value in CONTACT.items()})

    return fill_in


@pytest.fixture
def request_by(draft_of_kenton: DraftMaker, at: datetime) -> RequestMaker:
    """`request_by(person, name=…)`: the same, submitted at noon."""

    def order(person: User, **changes: str) -> SubscriptionRequest:
        moment = changes.pop("moment", at)
        return submit_request(draft=draft_of_kenton(person, **changes), by=person, at=moment, address="192.0.2.7")

    return order


@pytest.fixture
def at_form(browser_of: Browser, prospect: User, management: Tenant) -> Client:
    return browser_of(prospect, management)


@pytest.fixture
def chosen(at_form: Client, standard: TemplateVersion) -> Client:
    """The prospect's browser, with the template chosen."""
    at_form.post(TEMPLATE, {"template_version": standard.pk, "go": "next"})
    return at_form


def draft(person: User) -> RegistrationDraft:
    return RegistrationDraft.objects.get(user=person)


def page_of(answer: object) -> str:
    return answer.content.decode()
