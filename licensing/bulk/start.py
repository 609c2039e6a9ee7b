"""Starting a run, and asking it to end early (BLK-17, BLK-22, BLK-23)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from licensing.bulk.checking import check_rows
from licensing.bulk.drafts import lock_draft
from licensing.bulk.needs import Need, shortages
from licensing.bulk.states import BULK_MOVES
from licensing.models.bulk import AssignmentTemplate, BulkMode, BulkState
from portal.accounts.models import User
from portal.core.errors import DomainError
from portal.jobs.services import start_job

KIND = "licensing.bulk"


class NobodyToAssign(DomainError):
    """An assignment without users, or without one that could be assigned, is not started (BLK-17)."""


class RowsAreWrong(DomainError):
    """All or nothing was wanted, and some rows have problems."""


class LicencesAreMissing(DomainError):
    """Fewer licences are there than needed; the sentence names each shortage, `needs` has the figures (BLK-22)."""

    def __init__(self, needs: list[Need]) -> None:
        self.needs = needs
        super().__init__(" ".join(str(need) for need in needs))


@transaction.atomic
def start_run(*, template: AssignmentTemplate, mode: BulkMode, by: User, at: datetime) -> AssignmentTemplate:
    """Check everything once more and record the job that assigns the users; returns the template, in progress.

    Raises NotADraft, NobodyToAssign, RowsAreWrong (in the mode all or nothing) and LicencesAreMissing.
    """
    locked = check_rows(lock_draft(template))
    refuse_to_start(locked, mode)
    job = start_job(
        kind=KIND,
        title=_("Bulk assignment “%(name)s”") % {"name": locked.name},
        payload={"template": locked.pk},
        key=str(locked.pk),
        owner=by,
        total=locked.total,
    )
    BULK_MOVES.move(
        locked, BulkState.IN_PROGRESS,
        mode=mode, job=job.pk, started_by=by, started_name=str(by)[:150], started_at=at,
    )  # fmt: skip
    return locked


def refuse_to_start(template: AssignmentTemplate, mode: BulkMode) -> None:
    """Raise what stands in the way of a run of `template`, as of its last check."""
    if not template.total:
        raise NobodyToAssign(_("There are no users yet. Upload a file first."))
    if template.wrong == template.total:
        raise NobodyToAssign(_("Every row has a problem. Mend the file and upload it again."))
    if mode == BulkMode.ALL and template.wrong:
        raise RowsAreWrong(
            ngettext(
                "%(n)d row has a problem. Mend it, or choose “Skip bad rows”.",
                "%(n)d rows have problems. Mend them, or choose “Skip bad rows”.",
                template.wrong,
            ) % {"n": template.wrong}
        )  # fmt: skip
    short = shortages(template)
    if short:
        raise LicencesAreMissing(short)


@transaction.atomic
def ask_to_cancel(*, template: AssignmentTemplate, by: User, at: datetime) -> AssignmentTemplate:
    """Let a run end after the chunk it is in. Whoever was assigned stays assigned. Raises IllegalMove when it ended."""
    locked = AssignmentTemplate.objects.select_for_update().get(pk=template.pk)
    if not BULK_MOVES.allows(locked, BulkState.CANCELLED):
        raise NotRunning(_("This run has ended already."))
    if locked.cancel_asked_at is None:
        locked.cancel_asked_at = at
        locked.save(update_fields=["cancel_asked_at"])
    return locked


class NotRunning(DomainError):
    """There is no run to be cancelled."""
