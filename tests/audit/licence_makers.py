"""One row of every audited table about licences and numbers, and one change to each."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import models
from django.utils import timezone

from customers.models import Purchase
from extensions.models import OutsideNumber
from licensing.models import AssignedAddon, AssignmentFile, AssignmentTemplate, Pool
from tenants.models import Price, RegisteredNumber, Sku, Tenant
from tests.audit.phone_makers import saved_extension

Row = tuple[Callable[[], models.Model], str, Any]


def _sku() -> Sku:
    return Sku(code=f"addon_{uuid4().hex[:8]}", name="Fax", kind="addon", base="phone_system")


def _price() -> Price:
    sku = _sku()
    sku.save()
    return Price(sku=sku, currency="EUR", monthly_minor=100)


def _addon() -> AssignedAddon:
    Pool.objects.get_or_create(sku="team_chat", defaults={"bought": None})
    AssignedAddon.objects.all().delete()
    return AssignedAddon(extension=saved_extension(), pool_id="team_chat")


def _number(model: type[models.Model]) -> Callable[[], models.Model]:
    return lambda: model(e164=f"+6561{uuid4().int % 10**8:08d}", country="SG")


def _template() -> AssignmentTemplate:
    return AssignmentTemplate(name="New people", created_at=timezone.now())


def _file() -> AssignmentFile:
    template = _template()
    template.save()
    return AssignmentFile(template=template, name="people.csv", kind="name", uploaded_at=timezone.now())


ROWS: dict[type[models.Model], Row] = {
    Sku: (_sku, "name", "Fax lines"),
    Price: (_price, "monthly_minor", 120),
    RegisteredNumber: (_number(RegisteredNumber), "kind", "mobile"),
    OutsideNumber: (_number(OutsideNumber), "kind", "mobile"),
    AssignedAddon: (_addon, "quantity", 2),
    Purchase: (
        lambda: Purchase(
            tenant=Tenant.objects.get(schema_name="t2"),
            sku="team_chat",
            name="Team chat",
            quantity=5,
            unit_minor=200,
            currency="EUR",
            bought_at=timezone.now(),
            starts=timezone.now().date(),
        ),
        "quantity",
        4,
    ),
    AssignmentTemplate: (_template, "name", "Newer people"),
    AssignmentFile: (_file, "name", "people2.csv"),
}
