"""What is asked for while a PBX takes in a configuration is not lost with it (PBX-12)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from extensions.pbx.applying import apply_waiting, want_tenant
from extensions.pbx.asterisk.managed import AsteriskManaged
from extensions.pbx.facts import TenantFacts
from portal.accounts.models import User
from tenants.door import inside_management
from tenants.models import AppliedState, AppliedVersion, Pbx, PbxKind, Tenant
from tenants.services.pbx.again import apply_again
from tenants.services.pbx.places import move_tenants
from tests.pbx.lab import endpoints, make

pytestmark = [pytest.mark.django_db, pytest.mark.pbx]
NOW = datetime(2026, 11, 26, 4, tzinfo=UTC)


def _meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen once, after a tenant's facts were taken and before they are in force."""
    real, still = AsteriskManaged.render, [happens]

    def slowly(self: AsteriskManaged, facts: TenantFacts) -> object:
        if still:
            with inside_management():
                still.pop()()
        return real(self, facts)

    monkeypatch.setattr(AsteriskManaged, "render", slowly)


@pytest.mark.feature("PBX-12")
def test_what_is_changed_while_the_pbx_reads_goes_on_waiting(
    pbx: Pbx, alpha: Tenant, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change() -> None:
        make(alpha, owner, "132")
        want_tenant(tenant=alpha, at=NOW)

    make(alpha, owner, "131")
    want_tenant(tenant=alpha, at=NOW)
    _meanwhile(monkeypatch, change)

    apply_waiting(pbx=pbx)

    row = AppliedVersion.objects.get(tenant=alpha)
    assert row.state == AppliedState.WAITING
    assert row.applied < row.wanted
    assert apply_waiting(pbx=pbx) == 1
    assert f"132@{alpha.get_primary_domain().domain}" in endpoints(pbx)


@pytest.mark.feature("PBX-12")
def test_what_is_asked_for_again_while_the_pbx_reads_is_brought_again(
    pbx: Pbx, alpha: Tenant, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(alpha, owner, "131")
    want_tenant(tenant=alpha, at=NOW)
    later = NOW + timedelta(seconds=1)
    _meanwhile(monkeypatch, lambda: apply_again(pbx=pbx, at=later, ask=lambda slug: None))

    apply_waiting(pbx=pbx)

    row = AppliedVersion.objects.get(tenant=alpha)
    assert (row.state, row.since) == (AppliedState.WAITING, later)
    assert apply_waiting(pbx=pbx) == 1
    row.refresh_from_db()
    assert row.state == AppliedState.APPLIED


@pytest.mark.feature("PBX-12")
def test_a_tenant_that_moved_while_the_pbx_read_is_not_in_force_on_the_other(
    pbx: Pbx, alpha: Tenant, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Pbx.objects.create(name="Other", kind=PbxKind.SIMULATOR)
    make(alpha, owner, "131")
    want_tenant(tenant=alpha, at=NOW)
    _meanwhile(monkeypatch, lambda: move_tenants(before=pbx, after=other, at=NOW))

    apply_waiting(pbx=pbx)

    row = AppliedVersion.objects.get(tenant=alpha)
    assert (row.pbx, row.state, row.applied) == (other, AppliedState.WAITING, 0)
