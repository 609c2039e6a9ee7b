"""Job runs in the audit log of the schema they run in (AUD-10)."""

import logging
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext_noop

from portal.audit.context import acting_as
from portal.audit.models import Verb
from portal.audit.services import record
from portal.jobs.gate import GateClosed, tenant_gate
from portal.jobs.models import Job

if TYPE_CHECKING:
    from portal.accounts.models import User

log = logging.getLogger(__name__)

JOB = gettext_noop("Job")
SUCCEEDED = gettext_noop("Completed")
FAILED = gettext_noop("Failed")
REMOVED = gettext_noop("Removed")
REMOVING = gettext_noop("Removal started")
RETRIED = gettext_noop("Retried")
CANCELLED = gettext_noop("Cancelled")


def record_job(job: Job, message: str, *, by: "User | None" = None) -> None:
    """One row about `job`, in the audit log of its schema. A tenant that cannot be entered gets none."""
    actor = acting_as(user=by) if by is not None else nullcontext()
    with actor:
        try:
            with _schema_of(job):
                record(
                    verb=Verb.PUT,
                    table=JOB,
                    message=message,
                    data={"kind": job.kind, "title": job.title, "job": str(job.pk)},
                )
        except GateClosed as closed:
            log.warning("job %s: not in the audit log of its tenant: %s", job.pk, closed)


def _schema_of(job: Job) -> AbstractContextManager[object]:
    return nullcontext() if job.schema == connection.schema_name else tenant_gate().enter(job.schema)
