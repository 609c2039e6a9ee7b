"""One row of every audited table, and how to change it: what the completeness test works with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import models
from django.utils import timezone

from customers.models import Contact, Customer
from extensions.models import Extension, QueueParameters
from portal.accounts.models import OwnershipTransfer, Role, User
from portal.jobs.models import MailText
from tenants.models import (
    Domain,
    Pbx,
    Platform,
    ServiceTemplate,
    SubscriptionRequest,
    TemplateVersion,
    Tenant,
    TenantKind,
    Trunk,
)
from tests.audit.licence_makers import ROWS as LICENCE_ROWS
from tests.audit.phone_makers import ROWS


@dataclass(frozen=True, slots=True)
class Maker:
    """`make` builds an unsaved row; `field` and `value` are one change to it, or empty for links, which never change.

    `only`: the table has just one row.
    """

    make: Callable[[], models.Model]
    field: str
    value: Any
    only: bool = False


def _user() -> User:
    return User(username=f"zoe{uuid4().hex[:6]}@alpha.example", display_name="Zoe", password="argon2$not-for-the-log")


def _saved(row: models.Model) -> Any:
    row.save()
    return row


def _tenant() -> Tenant:
    number = Tenant.objects.count() + 900
    return Tenant(schema_name=f"t{number}", instance_number=number, name="Gamma", kind=TenantKind.CUSTOMER)


def _template() -> ServiceTemplate:
    number = ServiceTemplate.objects.count() + 900
    copy = Tenant(schema_name=f"tpl{number}", name=f"Basic {number}", kind=TenantKind.TEMPLATE)
    return ServiceTemplate(name=f"Basic {number}", working_copy=_saved(copy))


def _version() -> TemplateVersion:
    template = ServiceTemplate.objects.order_by("pk").first()
    return TemplateVersion(
        template=template, number=77, name="Basic", currency="EUR", max_extensions=1, max_channels=1,
        published_at=timezone.now(), published_by="Olivia",
    )  # fmt: skip


def _request() -> SubscriptionRequest:
    return SubscriptionRequest(
        reference=f"R-{uuid4().hex[:6]}", token=uuid4(), requester=User.objects.order_by("pk").first(),
        template_version=TemplateVersion.objects.order_by("pk").first(), name="Kenton", short_name="ke",
        upn_suffix="kenton.example", fqdn="ke.localhost", user_name="keAdmin", password="argon2$not-for-the-log",
        ani="+442079460000", contact_name="Jane Doe", contact_email="jane@kenton.example", submitted_at=timezone.now(),
    )  # fmt: skip


def _parameters() -> QueueParameters:
    QueueParameters.objects.all().delete()
    return QueueParameters(release="draft")


def _extension() -> Extension:
    return Extension(
        number="877", directory_name="Zoe", sip_username=uuid4().hex, sip_password="not-for-the-log",
        created_at=timezone.now(),
    )  # fmt: skip


def _customer() -> Customer:
    return Customer(name="Kenton", tenant=_saved(_tenant()))


def _authenticator() -> Authenticator:
    return Authenticator(user=_saved(_user()), type="totp", data={"secret": "not-for-the-log"})


def _address() -> EmailAddress:
    return EmailAddress(user=_saved(_user()), email=f"{uuid4().hex[:6]}@alpha.example")


def _offer() -> OwnershipTransfer:
    return OwnershipTransfer(
        giver=_saved(_user()), taker=_saved(_user()), offered_at=timezone.now(), expires_at=timezone.now()
    )


def _pbx() -> Pbx:
    return Pbx(name=f"PBX {uuid4().hex[:6]}", host="127.0.0.1", ami_user="portal", ami_secret="not-for-the-log")


MAKERS: dict[type[models.Model], Maker] = {
    User: Maker(_user, "display_name", "Zoe Zimmer"),
    Role: Maker(lambda: Role(code="night-desk", name="Night desk"), "name", "Night shift"),
    OwnershipTransfer: Maker(_offer, "state", "declined"),
    EmailAddress: Maker(_address, "verified", True),
    Authenticator: Maker(_authenticator, "data", {"secret": "also-not-for-the-log"}),
    Tenant: Maker(_tenant, "name", "Gamma Phones"),
    Domain: Maker(lambda: Domain(domain="gamma.localhost", tenant=_saved(_tenant())), "domain", "delta.localhost"),
    Platform: Maker(lambda: Platform.objects.get(), "company", "Other Company", only=True),
    ServiceTemplate: Maker(_template, "description", "For small offices"),
    TemplateVersion: Maker(_version, "product", "Phone System"),
    SubscriptionRequest: Maker(_request, "message", "Being looked at"),
    Pbx: Maker(_pbx, "name", "Another PBX"),
    Trunk: Maker(lambda: Trunk(pbx=_saved(_pbx()), name="Carrier", host="sip.example.com"), "name", "Another carrier"),
    Customer: Maker(_customer, "name", "Kenton Electronics"),
    Contact: Maker(
        lambda: Contact(customer=_saved(_customer()), name="Jane", email="jane@kenton.example"), "name", "Jane Doe"
    ),
    Extension: Maker(_extension, "directory_name", "Zoe Zimmer"),
    QueueParameters: Maker(_parameters, "callback_attempts", 5),
    MailText: Maker(
        lambda: MailText(template="request_failed", language="en", subject="Sorry", body="Sorry."), "subject", "Oh"
    ),
}
MAKERS |= {model: Maker(*row) for model, row in {**ROWS, **LICENCE_ROWS}.items()}
