"""What a step is given."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from portal.jobs.leases import Lease, as_platform
from portal.jobs.models import Job, Step, StepState


class Context:
    """One attempt at one step.

    `payload` is what the job was started with. `results` is kept across the steps: a step reads what earlier ones put
    there and adds its own; only plain values, never secrets.
    """

    def __init__(self, job: Job, lease: Lease, results: dict[str, Any]) -> None:
        self.job = job
        self.results = results
        self._lease = lease

    @property
    def payload(self) -> dict[str, Any]:
        return self.job.payload

    def renew(self) -> None:
        """Lengthen the lease in the middle of a long step that is not atomic. Raises LeaseLost."""
        with as_platform():
            self._lease.hold()

    def progress(self, done: int, *, total: int | None = None) -> None:
        """Show how far a job has come whose kind does not count steps. Renews the lease, too.

        A job that comes forward may lose its worker as often as it likes: tries are counted anew from here.
        """
        self.job.done = done
        self.job.total = self.job.total if total is None else total
        with self._lease.transaction(), as_platform():
            self._lease.set(done=self.job.done, total=self.job.total)
            # bookkeeping of the engine, not audited
            Step.objects.filter(job=self.job, state=StepState.RUNNING, attempts__gt=0).update(attempts=0)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One chunk of a step that is not atomic: commits only while this worker holds the job."""
        with self._lease.transaction():
            yield
