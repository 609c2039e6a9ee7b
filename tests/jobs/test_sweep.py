"""The sweep finds what nobody was woken for; periodic work comes once, whoever looks and whatever the clock does."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.jobs import periodic
from portal.jobs.drain import run_everything_due
from portal.jobs.leases import claim_job, claim_task
from portal.jobs.models import Job, Outbox, Tick
from portal.jobs.outbox import enqueue
from portal.jobs.periodic import Periodic, record_due_work, schedule
from portal.jobs.registry import kind_named, kind_names, task_named
from portal.jobs.services import start_job
from portal.jobs.sweep import due_queues, prune
from tenants.models import Tenant, TenantState
from tests.jobs.kinds import effects

HOUR = timedelta(hours=1)
EVERY_HOUR = Periodic("test.say_once", every=HOUR)


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch):
    """`only(entry, …)`: the schedule consists of these."""

    def set_schedule(*entries: Periodic) -> None:
        monkeypatch.setattr(periodic, "schedule", lambda: entries)

    return set_schedule


def recorded(task: str = "test.say_once") -> list[Outbox]:
    return list(Outbox.objects.filter(task=task).order_by("run_at"))


@pytest.mark.feature("JOB-01")
def test_every_task_of_the_schedule_is_registered_and_fits_its_scope() -> None:
    entries: Sequence[Periodic] = schedule()

    assert len({entry.task for entry in entries}) == len(entries)
    for entry in entries:
        assert task_named(entry.task).platform == (entry.scope == "platform")


def test_the_steps_of_every_kind_of_job_have_names_of_their_own() -> None:
    for name in kind_names():
        names = [step.name for step in kind_named(name).steps()]
        assert names
        assert len(set(names)) == len(names)


@pytest.mark.usefixtures("ledger")
def test_periodic_work_is_recorded_once_however_often_somebody_sweeps(only) -> None:
    only(EVERY_HOUR)

    first, second = record_due_work(), record_due_work()

    assert (first, second) == (["test.say_once"], [])
    assert len(recorded()) == 1


@pytest.mark.usefixtures("ledger")
def test_a_clock_set_back_neither_doubles_periodic_work_nor_stops_it_for_long(only) -> None:
    only(EVERY_HOUR)
    record_due_work()
    Tick.objects.update(next_at=timezone.now() + timedelta(hours=3))  # as if the clock had lost two hours

    assert record_due_work() == []
    assert Tick.objects.get(task="test.say_once").next_at <= timezone.now() + HOUR


@pytest.mark.usefixtures("ledger")
def test_periodic_work_of_tenants_is_spread_over_those_that_are_ready(only, alpha: Tenant, beta: Tenant) -> None:
    only(Periodic("test.say", every=HOUR, scope="tenants", spread=timedelta(minutes=10)))
    Tenant.objects.filter(pk=beta.pk).update(state=TenantState.SUSPENDED)
    record_due_work()
    assert [row.schema for row in recorded("test.say")] == ["t2"]

    Outbox.objects.all().delete()
    Tick.objects.all().delete()
    Tenant.objects.filter(pk=beta.pk).update(state=TenantState.ACTIVE)
    record_due_work()

    first, second = recorded("test.say")
    assert {first.schema, second.schema} == {"t2", "t3"}
    assert timedelta(minutes=4) < second.run_at - first.run_at < timedelta(minutes=6)


@pytest.mark.usefixtures("ledger")
def test_one_broken_entry_does_not_stop_the_others(only) -> None:
    only(Periodic("test.nobody_wrote_it", every=HOUR), EVERY_HOUR)

    assert record_due_work() == ["test.say_once"]


@pytest.mark.usefixtures("ledger")
def test_the_sweep_finds_new_work_and_work_left_behind_but_not_work_in_hand() -> None:
    start_job(kind="test_platform", title="A test", payload={})
    enqueue("test.say_platform", what="hello")
    assert due_queues() == ["default"]

    claim_task("default", {})
    claim_job("default")
    assert due_queues() == []

    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert due_queues() == ["default"]


@pytest.mark.usefixtures("ledger")
def test_a_lease_from_before_the_clock_was_set_back_holds_nobody_up() -> None:
    job = start_job(kind="test_platform", title="A test", payload={})
    claim_job("default")
    Job.objects.update(leased_until=timezone.now() + timedelta(hours=2))

    assert claim_job("default") is not None
    job.refresh_from_db()
    assert job.fence == 2


@pytest.mark.usefixtures("ledger")
def test_done_work_is_forgotten_and_given_up_work_is_kept() -> None:
    enqueue("test.say_once", what="hello")
    Outbox.objects.create(task="test.say", kwargs={}, schema="t999", run_at=timezone.now())
    run_everything_due()
    Outbox.objects.exclude(done_at=None).update(done_at=timezone.now() - timedelta(days=2))

    prune()

    assert effects() == ["hello"]
    assert [row.schema for row in Outbox.objects.filter(task__startswith="test.")] == ["t999"]
