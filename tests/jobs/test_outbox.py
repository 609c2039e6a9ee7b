"""Small work is recorded with the change that needs it, and runs in the right schema or not at all."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from portal.jobs.drain import run_everything_due
from portal.jobs.models import Outbox
from portal.jobs.outbox import NoSchema, enqueue
from portal.jobs.registry import UnknownWork
from tenants.door import inside
from tenants.models import Tenant, TenantState
from tests.jobs.kinds import effects

pytestmark = pytest.mark.usefixtures("ledger")


def test_a_task_runs_in_the_schema_that_was_active_when_it_was_recorded(alpha: Tenant) -> None:
    with inside(alpha):
        enqueue("test.say", what="hello")

    run_everything_due()

    assert effects() == ["hello in t2"]
    assert connection.schema_name == "public"


def test_a_platform_task_runs_in_public_and_knows_who_asked(alpha: Tenant) -> None:
    with inside(alpha):
        enqueue("test.say_platform", what="hello", origin="t3")

    run_everything_due()

    assert effects() == ["hello in public from t2"]


def test_a_misspelt_task_fails_where_it_is_recorded() -> None:
    with pytest.raises(UnknownWork):
        enqueue("test.sya", what="hello")


@pytest.mark.feature("JOB-01")
def test_a_tenants_task_without_a_tenant_is_refused_where_it_is_recorded() -> None:
    with pytest.raises(NoSchema):
        enqueue("test.say", what="hello")


def test_a_tenant_may_not_record_work_for_another(inside_alpha: Tenant) -> None:
    with pytest.raises(NoSchema):
        enqueue("test.say", what="hello", schema="t3")


@pytest.mark.feature("JOB-01")
@pytest.mark.parametrize("schema", ["public", "t999", "pg_catalog", "", "T2"])
def test_a_forged_row_is_refused_and_kept(schema: str) -> None:
    row = Outbox.objects.create(task="test.say", kwargs={"what": "boo"}, schema=schema, run_at=timezone.now())

    run_everything_due()

    row.refresh_from_db()
    assert effects() == []
    assert row.failed_at is not None
    assert row.error


def test_work_for_a_suspended_tenant_waits(alpha: Tenant) -> None:
    with inside(alpha):
        enqueue("test.say", what="hello")
    Tenant.objects.filter(pk=alpha.pk).update(state=TenantState.SUSPENDED)

    for _round in range(12):
        run_everything_due()
        Outbox.objects.update(run_at=timezone.now())

    row = Outbox.objects.get(task="test.say")
    assert effects() == []
    assert row.done_at is None
    assert row.failed_at is None
    assert "suspended" in row.error
    Tenant.objects.filter(pk=alpha.pk).update(state=TenantState.ACTIVE)
    run_everything_due()
    assert effects() == ["hello in t2"]


def test_a_refusal_in_a_task_is_final() -> None:
    enqueue("test.refuse")

    run_everything_due()

    row = Outbox.objects.get(task="test.refuse")
    assert (row.attempts, row.failed_at is None) == (1, False)


def test_a_name_that_this_worker_does_not_know_is_put_off_and_then_given_up() -> None:
    row = Outbox.objects.create(task="test.newer", kwargs={}, schema="public", run_at=timezone.now())

    run_everything_due()
    row.refresh_from_db()
    assert row.done_at is None
    assert row.failed_at is None

    Outbox.objects.filter(pk=row.pk).update(attempts=9, run_at=timezone.now())
    run_everything_due()
    row.refresh_from_db()
    assert row.failed_at is not None


def test_equal_waiting_work_is_recorded_once(alpha: Tenant) -> None:
    with inside(alpha):
        for _number in range(3):
            enqueue("test.say", key="k", what="hello")
        enqueue("test.say", key="other", what="hello")

    run_everything_due()

    assert effects() == ["hello in t2"] * 2


def test_work_asked_for_again_while_it_runs_runs_again(alpha: Tenant) -> None:
    with inside(alpha):
        enqueue("test.say", key="k", what="hello")
        Outbox.objects.count()
    Outbox.objects.update(fence=1)  # as if a worker had begun

    with inside(alpha):
        enqueue("test.say", key="k", what="hello")

    assert Outbox.objects.filter(task="test.say").count() == 2


def test_nothing_is_recorded_when_the_change_is_rolled_back(alpha: Tenant) -> None:
    def change_and_fail() -> None:
        with transaction.atomic(), inside(alpha):
            enqueue("test.say", what="hello")
            raise RuntimeError("the change failed")

    with pytest.raises(RuntimeError):
        change_and_fail()

    assert not Outbox.objects.filter(task="test.say").exists()


def test_work_put_off_does_not_run_early() -> None:
    enqueue("test.say_platform", what="hello", run_at=timezone.now() + timedelta(hours=1))

    run_everything_due()

    assert effects() == []


@pytest.mark.feature("JOB-02")
def test_a_failing_task_leaves_nothing_half_done_and_is_given_up_after_its_attempts() -> None:
    enqueue("test.fail")
    row = Outbox.objects.get(task="test.fail")

    for _try in range(5):
        Outbox.objects.filter(pk=row.pk).update(run_at=timezone.now())
        run_everything_due()

    row.refresh_from_db()
    assert effects() == []
    assert row.attempts == 3
    assert row.failed_at is not None
    assert "no luck" in row.error


def test_a_woken_queue_is_woken_once_per_transaction(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        for number in range(20):
            enqueue("test.say_platform", what=str(number))

    assert len(callbacks) == 1
