"""Suspending and resuming (TEN-02, TEN-03)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from portal.accounts.models import SupportSession, User
from portal.audit.models import LogEntry
from portal.core.errors import ManagementInstance
from portal.core.states import IllegalMove
from portal.jobs.gate import GateClosed
from tenants.door import inside
from tenants.gate import TenantGate
from tenants.models import Tenant, TenantMove, TenantState
from tenants.services.lifecycle.moves import move_tenant
from tenants.services.lifecycle.suspension import NoReason, NotSuspended, resume_tenant, suspend_tenant
from tenants.tenant_states import TENANT_MOVES

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
Browser = Callable[[User | None, Tenant], Client]


def suspend(tenant: Tenant, by: User, reason: str = "Unpaid invoice") -> Tenant:
    return suspend_tenant(tenant=tenant, reason=reason, by=by, at=NOON)


@pytest.mark.feature("TEN-03")
def test_a_suspended_tenant_answers_with_the_suspended_page_only(
    alpha: Tenant, owner: User, olivia: User, browser_of: Browser
) -> None:
    browser = browser_of(owner, alpha)
    assert browser.get("/").status_code == 200

    suspend(alpha, olivia)

    for address in ("/", "/account/login/", "/extensions/"):
        answer = browser.get(address)
        assert answer.status_code == 503
        assert "suspended" in answer.content.decode().lower()


@pytest.mark.feature("TEN-03")
def test_suspending_ends_every_session_inside_and_keeps_the_data(
    alpha: Tenant, beta: Tenant, owner: User, stranger: User, olivia: User, browser_of: Browser
) -> None:
    browser_of(owner, alpha)
    browser_of(stranger, beta)
    with inside(alpha):
        people = User.objects.count()
        SupportSession.objects.create(
            nonce="n",
            user=owner,
            actor_schema="public",
            actor_id=olivia.pk,
            actor_name="Olivia",
            actor_logon="olivia",
            reason="Look",
            started_at=NOON,
            ends_at=NOON + timedelta(minutes=30),
        )

    suspend(alpha, olivia)

    with inside(alpha):
        assert Session.objects.count() == 0
        assert User.objects.count() == people
        visit = SupportSession.objects.get()
        assert (visit.ended_at, visit.ended_by) == (NOON, "Olivia")
    with inside(beta):
        assert Session.objects.count() == 1


@pytest.mark.feature("TEN-03")
@pytest.mark.parametrize("former", [TenantState.ACTIVE, TenantState.TRIAL])
def test_resuming_restores_the_former_state(alpha: Tenant, olivia: User, former: TenantState) -> None:
    alpha.state = former
    alpha.save(update_fields=["state"])
    suspend(alpha, olivia)

    resumed = resume_tenant(tenant=alpha, reason="Paid", by=olivia, at=NOON)

    alpha.refresh_from_db()
    assert (resumed.state, alpha.state, alpha.state_before) == (former, former, "")


@pytest.mark.feature("TEN-02")
def test_every_move_says_who_when_and_why(alpha: Tenant, olivia: User) -> None:
    suspend(alpha, olivia)
    resume_tenant(tenant=alpha, reason="Paid", by=olivia, at=NOON)

    moves = list(TenantMove.objects.filter(tenant=alpha).order_by("pk").values_list("before", "after", "reason"))
    assert moves == [("active", "suspended", "Unpaid invoice"), ("suspended", "active", "Paid")]
    assert set(TenantMove.objects.values_list("by_name", "at")) == {("Olivia", NOON)}


@pytest.mark.feature("TEN-02")
def test_each_move_writes_one_audit_row(alpha: Tenant, olivia: User) -> None:
    before = LogEntry.objects.count()

    suspend(alpha, olivia)

    assert LogEntry.objects.count() == before + 1


@pytest.mark.feature("TEN-02")
@pytest.mark.parametrize("before", TenantState.values)
@pytest.mark.parametrize("after", TenantState.values)
def test_only_moves_of_the_table_are_possible(alpha: Tenant, before: str, after: str) -> None:
    alpha.state = before
    alpha.save(update_fields=["state"])
    allowed = TenantState(after) in TENANT_MOVES.moves[TenantState(before)]

    if allowed:
        assert move_tenant(tenant=alpha, to=TenantState(after), by_name="Test", at=NOON).state == after
    else:
        with pytest.raises(IllegalMove):
            move_tenant(tenant=alpha, to=TenantState(after), by_name="Test", at=NOON)


@pytest.mark.feature("TEN-03")
def test_a_suspension_needs_a_reason(alpha: Tenant, olivia: User) -> None:
    with pytest.raises(NoReason):
        suspend(alpha, olivia, reason="  ")

    alpha.refresh_from_db()
    assert alpha.state == TenantState.ACTIVE


@pytest.mark.feature("TEN-03")
def test_a_suspended_tenant_cannot_be_suspended_again(alpha: Tenant, olivia: User) -> None:
    suspend(alpha, olivia)

    with pytest.raises(IllegalMove):
        suspend(alpha, olivia)


@pytest.mark.feature("TEN-03")
@pytest.mark.parametrize("state", [state for state in TenantState if state != TenantState.SUSPENDED])
def test_only_a_suspended_tenant_can_be_resumed(alpha: Tenant, olivia: User, state: TenantState) -> None:
    alpha.state = state
    alpha.save(update_fields=["state"])

    with pytest.raises(NotSuspended):
        resume_tenant(tenant=alpha, reason="", by=olivia, at=NOON)


@pytest.mark.feature("TEN-03")
def test_the_gate_of_background_work_is_closed_while_suspended(alpha: Tenant, olivia: User) -> None:
    suspend(alpha, olivia)

    with pytest.raises(GateClosed), TenantGate().enter("t2"):
        pass
    assert TenantGate().ready_schemas() == ["t3"]


@pytest.mark.feature("PLT-02")
def test_instance_1_cannot_be_suspended_or_resumed(management: Tenant, olivia: User) -> None:
    for verb in (suspend_tenant, resume_tenant):
        with pytest.raises(ManagementInstance, match="instance 2 onward"):
            verb(tenant=management, reason="No", by=olivia, at=NOON)

    management.refresh_from_db()
    assert management.state == TenantState.ACTIVE
