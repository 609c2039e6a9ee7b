"""A run from its start to its end, in transactions that each leave everything right (BLK-23, BLK-26, BLK-28)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db.models import Max, Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from extensions.services.configuration import configuration_changed
from extensions.services.counting import extensions_changed
from licensing.bulk.checking import check_rows, facts
from licensing.bulk.chunk import Stretch, assign_stretch
from licensing.bulk.needs import shortages
from licensing.bulk.notice import tell_the_starter
from licensing.bulk.states import BULK_MOVES
from licensing.models.bulk import AssignmentRow, AssignmentTemplate, BulkMode, BulkState, RowState
from portal.accounts.models import User
from portal.audit.context import acting_as
from portal.audit.models import Source
from portal.core.errors import DomainError
from portal.core.sentences import Sentence

CHUNK = 2000  # rows of one transaction: a few tenths of a second during which others wait for a licence
NO_LONGER = gettext_lazy(
    "Nothing was assigned: a row has a problem that it did not have at the start. The report names it."
)
TOO_FEW = gettext_lazy("Nothing was assigned: fewer licenses than needed were left. %(needs)s")
STOPPED = gettext_lazy("The run was stopped by a fault. Whoever the report shows as assigned is assigned.")


class RowChanged(DomainError):
    """All or nothing was wanted, and a row cannot be assigned any more."""

    def __init__(self) -> None:
        super().__init__(str(NO_LONGER))


class CancelAsked(Exception):
    """Somebody cancelled the run while all rows were being assigned in one transaction."""


def running(template_id: int) -> AssignmentTemplate | None:
    """The template, if it is in progress: whatever was done already is not done again."""
    return AssignmentTemplate.objects.filter(pk=template_id, state=BulkState.IN_PROGRESS).first()


@contextmanager
def as_starter(template: AssignmentTemplate) -> Iterator[User | None]:
    """What the block does is recorded as done by whoever started the run, through the door “bulk”."""
    by = template.started_by
    with acting_as(by, name="" if by else template.started_name, source=Source.BULK):
        yield by


def prepare_rows(template: AssignmentTemplate, at: datetime) -> int:
    """End the rows in which the check at the start found problems, and return how many that are.

    What changed since then each chunk sees for itself. Raises RowChanged where all or nothing was wanted and there is
    one.
    """
    if template.wrong and template.mode == BulkMode.ALL:
        raise RowChanged
    return _waiting(template).exclude(problems=[]).update(state=RowState.FAILED, done_at=at)


def assign_next(template: AssignmentTemplate) -> bool:
    """Assign the next stretch of waiting rows; False when there is none, or when the run was cancelled.

    In the mode all or nothing that is everything: raises RowChanged or CancelAsked unless all of it was assigned.
    """
    template.refresh_from_db(fields=["cancel_asked_at"])
    ends = _waiting(template).aggregate(first=Min("position"), last=Max("position"))
    if template.cancel_asked_at or ends["first"] is None:
        return False
    whole = template.mode == BulkMode.ALL
    last = ends["last"] if whole else min(ends["last"], ends["first"] + CHUNK - 1)
    stretch = Stretch(template, ends["first"], last, timezone.now(), facts(template))
    with as_starter(template) as by:
        assigned = assign_stretch(stretch, by=by)
    if whole:
        _demand_all(template, assigned)
    return True


def end_run(template: AssignmentTemplate, at: datetime) -> AssignmentTemplate:
    """Completed, or cancelled where somebody asked for it before the last row; the telephones get all of it at once."""
    left = _waiting(template).update(state=RowState.SKIPPED, done_at=at, problems=_because("cancelled"))
    return _end(template, BulkState.CANCELLED if left else BulkState.COMPLETED, at)


def fail_run(template: AssignmentTemplate, message: Any, at: datetime) -> AssignmentTemplate:
    """The run cannot go on: rows with problems failed, the others were skipped. `message` is of the catalogues."""
    if _waiting(template).exists():
        check_rows(template)
    template.message = (_shortage(template) or Sentence(message)).stored()
    _waiting(template).exclude(problems=[]).update(state=RowState.FAILED, done_at=at)
    _waiting(template).update(state=RowState.SKIPPED, done_at=at, problems=_because("failed"))
    return _end(template, BulkState.FAILED, at)


def _shortage(template: AssignmentTemplate) -> Sentence | None:
    """What was missing in the end, where all or nothing was wanted and no row says so itself."""
    if template.mode == BulkMode.SKIP or template.wrong:
        return None
    short = shortages(template)
    return Sentence(TOO_FEW, {"needs": " ".join(map(str, short))}) if short else None


def done_rows(template: AssignmentTemplate) -> int:
    """How many rows have their outcome."""
    return template.total - _waiting(template).count()


def _end(template: AssignmentTemplate, state: BulkState, at: datetime) -> AssignmentTemplate:
    with as_starter(template) as by:
        BULK_MOVES.move(template, state, finished_at=at, message=template.message)
        if AssignmentRow.objects.filter(template=template, state=RowState.ASSIGNED).exists():
            extensions_changed()
            configuration_changed(by=by)
        tell_the_starter(template)
    return template


def _demand_all(template: AssignmentTemplate, assigned: int) -> None:
    template.refresh_from_db(fields=["cancel_asked_at"])
    if template.cancel_asked_at:
        raise CancelAsked
    if assigned < template.total:
        raise RowChanged


def _waiting(template: AssignmentTemplate) -> QuerySet[AssignmentRow]:
    # audit: what becomes of a row is in the log of its extension; the rows themselves are the report
    return AssignmentRow.objects.filter(template=template, state=RowState.WAITING)


def _because(code: str) -> list[list[Any]]:
    return [["row", code, None]]
