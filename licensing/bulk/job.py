"""The job of a run, and the job that takes a run back."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from licensing.bulk.run import (
    NO_LONGER,
    STOPPED,
    CancelAsked,
    RowChanged,
    assign_next,
    done_rows,
    end_run,
    fail_run,
    prepare_rows,
    running,
)
from licensing.bulk.start import KIND
from portal.jobs.context import Context
from portal.jobs.gate import tenant_gate
from portal.jobs.models import Job
from portal.jobs.registry import JobKind, StepKind, job_kind


class LookAgain(StepKind):
    """Rows with problems have their outcome before anything is written."""

    name = "check"
    title = _("Leave out rows with problems")

    def apply(self, context: Context) -> str | None:
        template = running(context.payload["template"])
        if template is not None:
            prepare_rows(template, timezone.now())
        return None


class Assign(StepKind):
    """Chunk by chunk, each in one transaction: killed anywhere, it goes on with the next waiting row."""

    name = "assign"
    title = _("Assign extensions, numbers and add-ons")
    atomic = False

    def apply(self, context: Context) -> str | None:
        template = running(context.payload["template"])
        while template is not None:
            try:
                with context.transaction():
                    more = assign_next(template)
                    done = done_rows(template)
                    context.progress(done, total=template.total)
            except CancelAsked:
                return None
            if not more:
                return str(done)
        return None


class Finish(StepKind):
    """The template's end, and one order to the telephone system for everything."""

    name = "finish"
    title = _("Bring it to the telephones")

    def apply(self, context: Context) -> str | None:
        template = running(context.payload["template"])
        if template is not None:
            end_run(template, timezone.now())
        return None


@job_kind
class BulkRun(JobKind):
    """A bulk assignment (BLK-23)."""

    kind = KIND
    title = _("Bulk assignment")
    queue = "bulk"
    own_page = True
    counts_steps = False
    attempts_per_step = 8

    def steps(self) -> list[StepKind]:
        return [LookAgain(), Assign(), Finish()]

    def failed(self, job: Job, cause: str) -> None:
        with tenant_gate().enter(job.schema):
            template = running(job.payload["template"])
            if template is not None:
                fail_run(template, _why(cause), timezone.now())


def _why(cause: str) -> Any:
    return NO_LONGER if RowChanged.__name__ in cause else STOPPED
