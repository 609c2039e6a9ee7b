"""Taking a whole run back, while nothing else changed what it made (BLK-26)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from extensions.models import Extension
from extensions.services.deletion import delete_objects
from licensing.bulk.conflicts import WORDS, Conflict, assigned_ids, conflicts_of, stored
from licensing.models.bulk import AssignmentRow, AssignmentTemplate, BulkState, RowState, UndoState
from portal.accounts.models import User
from portal.audit.context import acting_as
from portal.audit.models import Source
from portal.core.errors import DomainError
from portal.jobs.context import Context
from portal.jobs.gate import tenant_gate
from portal.jobs.models import Job
from portal.jobs.registry import JobKind, StepKind, job_kind
from portal.jobs.services import start_job

KIND = "licensing.bulk_undo"


class NothingToUndo(DomainError):
    """The run goes on, assigned nobody, or was taken back already."""


class ChangedSince(DomainError):
    """Something else changed what the run made; `conflicts` says what."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        self.conflicts = conflicts
        named = "; ".join(f"{one.key} {WORDS[one.what]}" for one in conflicts[:5])
        super().__init__(
            ngettext(
                "The run cannot be undone: %(n)d extension has changed since (%(named)s).",
                "The run cannot be undone: %(n)d extensions have changed since (%(named)s).",
                len(conflicts),
            ) % {"n": len(conflicts), "named": named + (" …" if len(conflicts) > 5 else "")}
        )  # fmt: skip


@transaction.atomic
def start_undo(*, template: AssignmentTemplate, by: User, at: datetime) -> AssignmentTemplate:
    """Record the job that deletes what the run made; returns the template. Raises NothingToUndo, ChangedSince."""
    locked = AssignmentTemplate.objects.select_for_update().get(pk=template.pk)
    demand_undoable(locked)
    found = conflicts_of(locked)
    if found:
        raise ChangedSince(found)
    locked.undo, locked.conflicts = UndoState.UNDOING, []
    job = start_job(
        kind=KIND,
        title=_("Undo the bulk assignment “%(name)s”") % {"name": locked.name},
        payload={"template": locked.pk, "by": by.pk},
        key=str(locked.pk),
        owner=by,
    )
    locked.job = job.pk
    locked.save(update_fields=["undo", "conflicts", "job"])
    return locked


def demand_undoable(template: AssignmentTemplate) -> None:
    """Raise NothingToUndo unless the run ended with somebody assigned, and nobody takes it back already."""
    ended = template.state in (BulkState.COMPLETED, BulkState.CANCELLED, BulkState.FAILED)
    if not ended or template.undo != UndoState.NONE or not template.rows.filter(state=RowState.ASSIGNED).exists():
        raise NothingToUndo(_("There is nothing to undo."))


def take_back(template: AssignmentTemplate, *, by: User, at: datetime) -> int:
    """Delete the extensions of the run with everything it gave them, in the caller's transaction; returns how many.

    Raises ChangedSince.
    """
    found = conflicts_of(template)
    if found:
        raise ChangedSince(found)
    ids = assigned_ids(template)
    with acting_as(by, source=Source.BULK):
        delete_objects(Extension, ids, by=by, at=at)
        # audit: the deletion of each extension is in the log; the rows are the report
        AssignmentRow.objects.filter(template=template, state=RowState.ASSIGNED).update(
            state=RowState.UNDONE, done_at=at
        )
        template.undo, template.undone_at = UndoState.UNDONE, at
        template.save(update_fields=["undo", "undone_at"])
    return len(ids)


class TakeBack(StepKind):
    """All of it in one transaction."""

    name = "take_back"
    title = gettext_lazy("Delete what the run made")

    def apply(self, context: Context) -> str | None:
        template = _undoing(context.payload["template"])
        if template is None:
            return None
        by = User.objects.filter(pk=context.payload["by"]).first() or template.started_by
        return str(take_back(template, by=by, at=timezone.now()))


@job_kind
class UndoRun(JobKind):
    """Everything that one bulk assignment made goes again."""

    kind = KIND
    title = gettext_lazy("Undo a bulk assignment")
    queue = "bulk"
    own_page = True

    def steps(self) -> list[StepKind]:
        return [TakeBack()]

    def failed(self, job: Job, cause: str) -> None:
        with tenant_gate().enter(job.schema):
            template = _undoing(job.payload["template"])
            if template is not None:
                template.undo, template.conflicts = UndoState.NONE, stored(conflicts_of(template))
                template.save(update_fields=["undo", "conflicts"])


def _undoing(template_id: int) -> AssignmentTemplate | None:
    return AssignmentTemplate.objects.filter(pk=template_id, undo=UndoState.UNDOING).first()
