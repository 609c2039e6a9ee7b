"""Two operators at the same moment."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection

from portal.accounts.models import User
from portal.core.errors import DomainError
from tenants.models import NameClaim, ServiceTemplate, Tenant, TenantMove
from tenants.services.lifecycle.rename import rename_tenant
from tenants.services.lifecycle.suspension import suspend_tenant
from tenants.services.templates.create import create_template
from tenants.services.templates.publish import make_default, publish_template
from tests.tenants.ops.test_templates import FACTS

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def at_once(*verbs: Callable[[], object]) -> list[object]:
    """Run the verbs in threads that start together; what each returned or raised."""
    start, found = threading.Barrier(len(verbs)), []

    def run(verb: Callable[[], object]) -> None:
        connection.set_schema_to_public()
        start.wait()
        try:
            found.append(verb())
        except DomainError as refusal:
            found.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found


def refusals(found: list[object]) -> list[object]:
    return [one for one in found if isinstance(one, DomainError)]


@pytest.mark.feature("TPL-04")
@pytest.mark.usefixtures("own_database")
def test_of_two_new_defaults_one_remains_and_nobody_fails() -> None:
    olivia = User.objects.get(username__startswith="olivia@")
    made = [create_template(facts=FACTS | {"name": f"Centre {letter}"}) for letter in "ABC"]
    for template in made:
        publish_template(template=template, by=olivia, at=NOON)

    found = at_once(*[lambda template=template: make_default(template=template) for template in made])

    assert refusals(found) == []
    assert len(found) == 3
    assert ServiceTemplate.objects.filter(is_default=True).count() == 1


@pytest.mark.feature("TPL-03")
@pytest.mark.usefixtures("own_database")
def test_two_who_publish_make_two_versions() -> None:
    olivia = User.objects.get(username__startswith="olivia@")
    template = ServiceTemplate.objects.get(is_default=True)

    found = at_once(*[lambda: publish_template(template=template, by=olivia, at=NOON)] * 2)

    assert refusals(found) == []
    assert sorted(version.number for version in found) == [2, 3]


@pytest.mark.feature("TEN-08")
@pytest.mark.usefixtures("own_database")
def test_of_two_who_want_one_name_one_gets_it() -> None:
    alpha, beta = Tenant.objects.get(schema_name="t2"), Tenant.objects.get(schema_name="t3")

    found = at_once(
        lambda: rename_tenant(tenant=alpha, name="Gamma", short_name="gama"),
        lambda: rename_tenant(tenant=beta, name="gamma", short_name="gamb"),
    )

    assert len(refusals(found)) == 1
    assert NameClaim.objects.filter(kind="name", value="gamma").count() == 1
    assert NameClaim.objects.filter(tenant__in=[alpha, beta]).count() == 8


@pytest.mark.feature("TEN-02")
@pytest.mark.usefixtures("own_database")
def test_a_tenant_is_suspended_once_only() -> None:
    olivia = User.objects.get(username__startswith="olivia@")
    alpha = Tenant.objects.get(schema_name="t2")

    found = at_once(*[lambda: suspend_tenant(tenant=alpha, reason="Unpaid", by=olivia, at=NOON)] * 4)

    assert len(refusals(found)) == 3
    assert TenantMove.objects.filter(tenant=alpha).count() == 1
