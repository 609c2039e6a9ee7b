"""Which tenant is on which PBX, and the PBX that stands beside the installation (PBX-12)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tenants.door import inside
from tenants.models import AppliedState, AppliedVersion, Pbx, PbxKind, Tenant, Trunk
from tenants.services.pbx import pbx_of
from tenants.services.pbx.edit import make_default
from tenants.services.pbx.installation import ensure_simulator, follow_settings
from tenants.services.pbx.places import place_tenant

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def beside(settings: Any) -> Any:
    """The settings name a PBX."""
    settings.PORTAL_PBX_HOST = "127.0.0.1"
    settings.PORTAL_PBX_AMI_PORT = 15038
    settings.PORTAL_PBX_AMI_SECRET = "deep"
    return settings


@pytest.mark.feature("PBX-12")
def test_without_a_pbx_nobody_is_placed(alpha: Tenant) -> None:
    assert pbx_of(alpha) is None
    assert place_tenant(tenant=alpha, at=NOON) is None


@pytest.mark.feature("PBX-12")
def test_a_tenant_stays_where_it_is_when_the_default_moves(alpha: Tenant, beta: Tenant) -> None:
    north = Pbx.objects.create(name="North", host="a", ami_user="u", is_default=True)
    south = Pbx.objects.create(name="South", host="b", ami_user="u")
    placed = place_tenant(tenant=alpha, at=NOON)
    make_default(pbx=south)

    assert placed is not None
    assert placed.state == AppliedState.WAITING
    with inside(alpha):
        assert pbx_of(alpha) == north
    assert pbx_of(beta) == south


@pytest.mark.feature("PBX-12")
def test_the_installations_pbx_follows_the_settings_and_takes_over_from_the_simulator(
    alpha: Tenant, beside: Any
) -> None:
    beside.PORTAL_PBX_HOST = ""
    assert follow_settings(at=NOON) is None
    simulator = ensure_simulator()
    assert ensure_simulator() == simulator
    place_tenant(tenant=alpha, at=NOON)
    AppliedVersion.objects.update(applied=5, state=AppliedState.APPLIED)

    beside.PORTAL_PBX_HOST = "127.0.0.1"
    made = follow_settings(at=NOON)
    beside.PORTAL_PBX_AMI_PORT = 25038
    again = follow_settings(at=NOON)

    assert made is not None
    assert again == made
    simulator.refresh_from_db()
    assert not simulator.enabled
    row = AppliedVersion.objects.get(tenant=alpha)
    assert (row.pbx_id, row.applied, row.state) == (made.pk, 0, AppliedState.WAITING)
    made.refresh_from_db()
    assert (made.kind, made.is_default, made.ami_port, made.ami_secret) == (PbxKind.MANAGED, True, 25038, "deep")
    assert ensure_simulator() == made, "where there is a PBX, none is played"


@pytest.mark.feature("PBX-08")
@pytest.mark.parametrize("table", ["tenants_pbx", "tenants_trunk", "tenants_stray"])
def test_a_tenants_role_reads_no_pbx(alpha: Tenant, table: str) -> None:
    pbx = Pbx.objects.create(name="North", host="a", ami_user="u", is_default=True)
    Trunk.objects.create(pbx=pbx, name="P", host="sip.example.com")

    with inside(alpha), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM public.{table}")


def test_a_tenant_sees_only_its_own_row_of_what_is_in_force(alpha: Tenant, beta: Tenant) -> None:
    pbx = Pbx.objects.create(name="North", host="a", ami_user="u", is_default=True)
    for tenant in (alpha, beta):
        AppliedVersion.objects.create(tenant=tenant, pbx=pbx, since=NOON)

    with inside(alpha):
        assert [row.tenant_id for row in AppliedVersion.objects.all()] == [alpha.pk]
        with pytest.raises(DatabaseError), transaction.atomic():
            AppliedVersion.objects.update(applied=9)
