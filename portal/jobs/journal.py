"""The journal of one job: what was begun, what is done, what went wrong. Every entry is written under the fence."""

import logging
import traceback
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from portal.core.errors import DomainError
from portal.jobs.gate import CLOSED_DELAY, GateClosed
from portal.jobs.history import FAILED, REMOVED, SUCCEEDED, record_job
from portal.jobs.leases import Lease, LeaseLost, as_platform
from portal.jobs.models import Job, JobState, Step, StepState
from portal.jobs.registry import JobKind, PutOff, StepKind

log = logging.getLogger(__name__)
_MISSING = object()
_ENDINGS = {JobState.SUCCEEDED: SUCCEEDED, JobState.FAILED: FAILED, JobState.UNDONE: REMOVED}


class Exhausted(Exception):
    """The worker was lost in this step as often as the step may be tried."""


def retry_delay(attempt: int) -> timedelta:
    """How long to wait after the `attempt`-th failure: doubles each time, at most an hour."""
    base = settings.PORTAL_SWEEP_SECONDS / 5
    return timedelta(seconds=min(base * 2**attempt, 3600))


def cause_of(fault: BaseException) -> str:
    """The technical cause, for operators."""
    return "".join(traceback.format_exception(fault))[-8000:]


class Journal:
    """The steps of one claimed job. `results` is what the steps left for each other."""

    def __init__(self, job: Job, kind: JobKind, lease: Lease) -> None:
        self.job, self.kind, self.lease = job, kind, lease
        self.kinds = kind.steps()
        self.entries = {step.name: step for step in job.steps.order_by("ordinal")}
        self._add_missing()
        self.is_fresh = not job.undoing and not any(entry.started_at for entry in self.entries.values())
        self.results: dict[str, Any] = {}
        for entry in self.entries.values():
            self.results |= entry.result

    def to_do(self) -> list[StepKind]:
        """The steps left: forwards those not done, when undoing backwards those with something to take back."""
        if self.job.undoing:
            return [step for step in reversed(self.kinds) if self._has_effect(step)]
        return [step for step in self.kinds if self.entries[step.name].state != StepState.DONE]

    def begin(self, step: StepKind) -> None:
        """The intent: committed before anything is done. Raises Exhausted, LeaseLost."""
        entry = self.entries[step.name]
        with self.lease.transaction():
            if entry.attempts >= self.kind.attempts_per_step:
                raise Exhausted(f"the worker stopped {entry.attempts} times in the step {step.name}")
            if self.is_fresh:
                self.kind.started(self.job)
            entry.attempts += 1
            state = entry.state if self.job.undoing else StepState.RUNNING
            self._write(entry, state=state, attempts=entry.attempts, started_at=Now(), finished_at=None)
        self.is_fresh = False

    def done(self, step: StepKind, detail: str | None, results: dict[str, Any]) -> None:
        """The step's end, in the transaction of its effect."""
        entry = self.entries[step.name]
        change = 1
        if self.job.undoing:
            change = -1 if entry.state == StepState.DONE else 0
            self._write(entry, state=StepState.UNDONE, finished_at=Now(), attempts=0, result={})
        else:
            fresh = {key: value for key, value in results.items() if self.results.get(key, _MISSING) != value}
            text = (detail or "")[:300]
            self._write(entry, state=StepState.DONE, finished_at=Now(), detail=text, cause="", result=fresh)
        if self.kind.counts_steps:
            with as_platform():
                self.lease.set(done=F("done") + change)

    def wait(self, step: StepKind | None, fault: Exception) -> None:
        """It failed for now: try again later. Raises LeaseLost."""
        is_closed = isinstance(fault, GateClosed)  # the tenant's pause costs no attempt
        with self.lease.transaction():
            if step is not None:
                entry = self.entries[step.name]
                state = entry.state if self.job.undoing else StepState.PENDING
                self._write(entry, state=state, attempts=entry.attempts - is_closed, cause=cause_of(fault))
            delay = CLOSED_DELAY if is_closed else self._delay(step, fault)
            message = _("This did not work yet and is tried again.")
            self.lease.release(state=JobState.WAITING, run_at=Now() + delay, message=message)

    def _delay(self, step: StepKind | None, fault: Exception) -> timedelta:
        attempts = self.entries[step.name].attempts if step else self.job.attempts
        return fault.delay if isinstance(fault, PutOff) else retry_delay(attempts)

    def give_up(self, step: StepKind | None, fault: Exception) -> None:
        """The job failed, in this step if there is one: tell its kind, which may undo it. Raises LeaseLost."""
        try:
            with self.lease.transaction():
                self._fail(step, fault, cause_of(fault))
                self.kind.failed(self.job, self.job.cause)
        except LeaseLost:
            raise
        except Exception as second:
            # Better a failed job whose kind was not told than one that fails again with every sweep.
            log.exception("job %s: the hook after its failure failed", self.job.pk)
            with self.lease.transaction():
                self._fail(step, fault, f"{cause_of(fault)}\n{cause_of(second)}")

    def _fail(self, step: StepKind | None, fault: Exception, cause: str) -> None:
        message = str(fault.message) if isinstance(fault, DomainError) else _("A technical fault stopped this work.")
        if step is not None and not self.job.undoing:
            self._write(self.entries[step.name], state=StepState.FAILED, cause=cause, finished_at=Now())
        self.end(JobState.FAILED, message=message[:300], cause=cause)

    def end(self, state: JobState, **fields: Any) -> None:
        """Write the job's last state; the caller calls the kind's hook in the same transaction."""
        self.lease.release(state=state, finished_at=Now(), **fields)
        self.job.refresh_from_db()
        record_job(self.job, _ENDINGS[state])

    def _write(self, entry: Step, **fields: Any) -> None:
        with as_platform():
            Step.objects.filter(pk=entry.pk).update(**fields)  # bookkeeping of the engine, not audited
        entry.state = fields.get("state", entry.state)

    def _has_effect(self, step: StepKind) -> bool:
        entry = self.entries[step.name]
        touched = not step.atomic and entry.state in (StepState.RUNNING, StepState.FAILED, StepState.PENDING)
        return entry.state == StepState.DONE or (touched and entry.started_at is not None)

    def _add_missing(self) -> None:
        """Steps that this version of the program added to a job recorded by an earlier one."""
        for step in self.kinds:
            if step.name not in self.entries:
                entry = Step(job=self.job, ordinal=len(self.entries), name=step.name, title=str(step.title)[:120])
                entry.save(force_insert=True)
                self.entries[step.name] = entry
