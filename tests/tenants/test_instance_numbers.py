"""Instance numbers rise by one from 2 and are never used again (PLT-03)."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.jobs.drain import run_everything_due
from portal.jobs.models import Job
from tenants.door import inside
from tenants.models import Tenant
from tenants.services.cloning import drop_schema
from tenants.services.installation import install
from tests.tenants.registration.test_from_form_to_tenant import order, person

pytestmark = pytest.mark.feature("PLT-03")


def numbers() -> list[int]:
    return sorted(Tenant.objects.filter(kind="customer").values_list("instance_number", flat=True))


def test_the_next_tenant_gets_the_next_number_and_a_schema_named_after_it(own_database: str) -> None:
    request = order(person("prospect"), timezone.now())

    run_everything_due()

    request.refresh_from_db()
    assert (request.tenant.instance_number, request.tenant.schema_name) == (4, "t4"), Job.objects.values_list("cause")


def test_the_number_of_a_deleted_tenant_is_not_given_again(own_database: str) -> None:
    request = order(person("prospect"), timezone.now())
    beta = Tenant.objects.get(schema_name="t3")
    with inside(beta, owner=True):
        drop_schema(beta)
    Tenant.objects.filter(pk=beta.pk).delete()

    run_everything_due()

    request.refresh_from_db()
    assert request.tenant.instance_number == 4
    assert numbers() == [2, 4]


@pytest.mark.feature("PLT-01")
def test_installing_again_changes_nothing(own_database: str) -> None:
    before = list(Tenant.objects.order_by("pk").values())

    install(company="Somebody else", fqdn="somebody.localhost", at=timezone.now())

    after = [row for row in Tenant.objects.order_by("pk").values()]
    assert after == before


@pytest.mark.feature("PLT-01")
@pytest.mark.parametrize(
    "wrong",
    [
        {"instance_number": 1, "kind": "customer"},
        {"instance_number": 9, "kind": "management", "is_management": True},
        {"instance_number": 1, "kind": "management", "is_management": True, "schema_name": "t9"},
    ],
)
def test_the_database_itself_keeps_instance_1_for_management(db: None, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Tenant.objects.create(**{"schema_name": "t9", "name": "Wrong", "state": "active", **wrong})


@pytest.mark.feature("PLT-01")
def test_the_management_instance_cannot_be_anything_but_active(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Tenant.objects.filter(is_management=True).update(state="suspended")
