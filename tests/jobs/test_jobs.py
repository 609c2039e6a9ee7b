"""A job goes through its steps, waits, fails, goes on, is taken back."""

import pytest
from django.db import connection
from django.utils import timezone

from portal.audit.models import LogEntry
from portal.core.states import IllegalMove
from portal.jobs.drain import run_everything_due
from portal.jobs.models import Job, JobState, StepState
from portal.jobs.outbox import NoSchema
from portal.jobs.services import AlreadyRunning, NotPossible, cancel_job, retry_job, start_job, undo_job
from tenants.door import inside
from tenants.models import Tenant, TenantState
from tests.jobs.conftest import again
from tests.jobs.kinds import effects

pytestmark = pytest.mark.usefixtures("ledger")


def start(kind: str = "test_platform", **payload: object) -> Job:
    return start_job(kind=kind, title="A test", payload=payload)


def make_due(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(run_at=timezone.now())


@pytest.mark.feature("JOB-01")
def test_a_job_does_its_steps_in_order_and_shows_them() -> None:
    job = start()

    run_everything_due()

    job = again(job)
    assert effects() == ["started", "one in public", "two in public", "three in public", "succeeded"]
    assert (job.state, job.done, job.total) == (JobState.SUCCEEDED, 3, 3)
    assert [step.detail for step in job.steps.order_by("ordinal")] == ["said one", "said two", "said three"]
    assert job.steps.get(name="three").result == {"three": 3}


@pytest.mark.feature("JOB-01")
def test_a_tenants_job_runs_inside_its_tenant_under_its_role(alpha: Tenant) -> None:
    with inside(alpha):
        job = start("test_tenant")

    run_everything_due()

    assert again(job).state == JobState.SUCCEEDED
    assert "one in t2" in effects()
    assert connection.schema_name == "public"


@pytest.mark.feature("JOB-01")
def test_a_tenants_job_refuses_to_run_without_one() -> None:
    with pytest.raises(NoSchema):
        start("test_tenant")
    forged = Job.objects.create(kind="test_tenant", title="Forged", schema="public", run_at=timezone.now())

    run_everything_due()

    assert again(forged).state == JobState.FAILED
    assert effects() == ["failed"]


def test_a_tenant_may_not_start_a_platform_job(inside_alpha: Tenant) -> None:
    with pytest.raises(NoSchema):
        start("test_platform")


def test_a_job_of_a_suspended_tenant_waits(alpha: Tenant) -> None:
    with inside(alpha):
        job = start("test_tenant")
    Tenant.objects.filter(pk=alpha.pk).update(state=TenantState.SUSPENDED)

    for _round in range(6):
        run_everything_due()
        make_due(job)

    assert again(job).state == JobState.WAITING
    assert "one in t2" not in effects()

    Tenant.objects.filter(pk=alpha.pk).update(state=TenantState.ACTIVE)
    run_everything_due()
    assert again(job).state == JobState.SUCCEEDED


def test_a_kind_that_this_worker_does_not_know_is_left_to_another_version() -> None:
    job = Job.objects.create(kind="test_newer", title="Newer", schema="public", run_at=timezone.now())

    assert run_everything_due() == 1

    job = again(job)
    assert job.state == JobState.WAITING
    assert job.run_at > timezone.now()


def test_one_open_job_per_thing() -> None:
    start_job(kind="test_platform", title="A", payload={}, key="thing")

    with pytest.raises(AlreadyRunning):
        start_job(kind="test_platform", title="B", payload={}, key="thing")

    run_everything_due()
    start_job(kind="test_platform", title="C", payload={}, key="thing")


@pytest.mark.feature("JOB-02")
def test_a_passing_fault_is_tried_again_without_doubling_anything() -> None:
    job = start(fail={"two": "broken"}, times=2)

    for _round in range(3):
        run_everything_due()
        make_due(job)

    job = again(job)
    assert job.state == JobState.SUCCEEDED
    assert effects() == ["started", "one in public", "two in public", "three in public", "succeeded"]
    assert job.steps.get(name="two").attempts == 3


def test_a_lasting_fault_fails_the_job_with_a_cause_for_operators_and_a_message_for_people() -> None:
    job = start(fail={"two": "broken"})

    for _round in range(6):
        run_everything_due()
        make_due(job)

    job = again(job)
    assert (job.state, job.done) == (JobState.FAILED, 1)
    assert "the line is dead" in job.cause
    assert "the line is dead" not in job.message
    assert job.steps.get(name="two").state == StepState.FAILED
    assert effects() == ["started", "one in public", "failed"]


def test_a_refusal_fails_the_job_at_once_in_its_own_words() -> None:
    job = start(fail={"two": "refused"})

    run_everything_due()

    job = again(job)
    assert (job.state, job.message) == (JobState.FAILED, "There is no room left.")


def test_a_broken_hook_does_not_keep_a_failed_job_alive() -> None:
    job = start(fail={"one": "refused"}, hook="broken")

    run_everything_due()

    job = again(job)
    assert job.state == JobState.FAILED
    assert "the hook is broken" in job.cause


@pytest.mark.feature("JOB-01")
def test_retry_goes_on_at_the_step_that_failed(olivia) -> None:
    job = start(fail={"two": "refused"})
    run_everything_due()
    Job.objects.filter(pk=job.pk).update(payload={})

    retry_job(job=job, by=olivia)
    run_everything_due()

    assert again(job).state == JobState.SUCCEEDED
    assert effects() == ["started", "one in public", "failed", "two in public", "three in public", "succeeded"]


def test_a_completed_job_cannot_be_retried() -> None:
    job = start()
    run_everything_due()

    with pytest.raises(IllegalMove):
        retry_job(job=job)


def test_undo_takes_back_what_was_done_last_step_first() -> None:
    job = start(fail={"three": "refused"})
    run_everything_due()

    undo_job(job=job)
    run_everything_due()

    job = again(job)
    assert (job.state, job.done) == (JobState.UNDONE, 0)
    assert effects() == ["started", "failed", "undone"]
    assert [step.state for step in job.steps.order_by("ordinal")] == ["undone", "undone", "failed"]


def test_a_job_in_chunks_tells_its_own_progress_and_takes_back_what_it_did() -> None:
    job = start("test_chunks", chunks="many")
    for _round in range(5):
        run_everything_due()
        make_due(job)
    assert again(job).state == JobState.FAILED

    Job.objects.filter(pk=job.pk).update(payload={"chunks": 3})
    retry_job(job=again(job))
    run_everything_due()

    job = again(job)
    assert (job.state, job.done, job.total) == (JobState.SUCCEEDED, 3, 3)


def test_a_job_that_has_not_begun_can_be_cancelled() -> None:
    job = start()

    cancel_job(job=job)
    run_everything_due()

    assert again(job).state == JobState.CANCELLED
    assert effects() == ["cancelled"]


def test_cancelling_a_job_between_two_tries_undoes_it() -> None:
    job = start(fail={"two": "broken"})
    run_everything_due()

    cancel_job(job=job)
    run_everything_due()

    assert again(job).state == JobState.UNDONE
    assert effects() == ["started", "undone"]


def test_nobody_touches_a_job_in_the_middle_of_a_step() -> None:
    job = start()
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)

    for verb in (retry_job, undo_job, cancel_job):
        with pytest.raises(NotPossible):
            verb(job=job)


@pytest.mark.feature("AUD-10")
def test_the_end_of_a_job_stands_in_the_audit_log_of_its_schema(alpha: Tenant) -> None:
    with inside(alpha):
        job = start("test_tenant")

    run_everything_due()

    with inside(alpha):
        row = LogEntry.objects.filter(table="Job").latest("pk")
        assert (row.message, row.source) == ("Completed", "job")
        assert str(job.pk) in str(row.changes)
