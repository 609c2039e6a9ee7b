"""Who is in a template: files that come and go, and users typed by hand (BLK-13, BLK-14)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from licensing.bulk.checking import check_rows
from licensing.bulk.drafts import lock_draft
from licensing.bulk.limits import MOST_USERS
from licensing.bulk.namesakes import candidates_for
from licensing.bulk.problems import sentence
from licensing.bulk.reading import Kind, ReadFile, clean_row, read_file
from licensing.bulk.staging import stage
from licensing.models.bulk import AssignmentFile, AssignmentRow, AssignmentTemplate
from portal.accounts.models import User
from portal.core.errors import DomainError, Refusals


class TooManyUsers(DomainError):
    """A template has at most 15,000 users, from however many files (BLK-14)."""


@transaction.atomic
def add_file(
    *, template: AssignmentTemplate, name: str, content: bytes, by: User, at: datetime
) -> tuple[AssignmentTemplate, AssignmentFile]:
    """Read an uploaded file into a draft and check every row; returns the template with its counts, and the file.

    Rows with problems come in, too, and say what is wrong. Raises UnreadableFile and TooManyUsers on `file`, NotADraft.
    """
    read = read_file(content)
    locked = lock_draft(template)
    _demand_room(locked, len(read.rows))
    file = AssignmentFile(
        template=locked, name=name[:120], kind=read.kind.value, rows=len(read.rows), uploaded_at=at, uploaded_by=by
    )
    file.save()
    _stage(locked, file, read)
    return check_rows(locked), file


@transaction.atomic
def remove_file(*, file: AssignmentFile, by: User) -> AssignmentTemplate:
    """Take a file and its users out of a draft; returns the template. Raises NotADraft."""
    locked = lock_draft(file.template)
    # audit: the file is in the log; its rows are nothing but its content
    AssignmentRow.objects.filter(file=file)._raw_delete(AssignmentRow.objects.db)  # noqa: SLF001 - 15,000 at once
    file.delete()
    return check_rows(locked)


@transaction.atomic
def remove_wrong_rows(*, template: AssignmentTemplate, by: User) -> int:
    """Take out every user with a problem; returns how many. Raises NotADraft."""
    locked = lock_draft(template)
    check_rows(locked)
    wrong = AssignmentRow.objects.filter(template=locked).exclude(problems=[])
    # audit: the files are in the log; their rows are nothing but their content
    count = wrong._raw_delete(AssignmentRow.objects.db)  # noqa: SLF001
    check_rows(locked)
    return count


@transaction.atomic
def remove_user(*, row: AssignmentRow, by: User) -> AssignmentTemplate:
    """Take one user out of a draft; returns the template. Raises NotADraft."""
    locked = lock_draft(row.template)
    row.delete()
    return check_rows(locked)


@transaction.atomic
def add_user(*, template: AssignmentTemplate, ext_key: str, person: str, number: str, by: User) -> AssignmentTemplate:
    """Add one user typed by hand, by name or by identity UUID, under the rules of a file's rows; returns the template.

    Raises Refusals by field (`ext_key`, `person`, `number`) for what the same row of a file would be told, TooManyUsers
    and NotADraft.
    """
    locked = lock_draft(template)
    _demand_room(locked, 1, field=None)
    row = clean_row(kind_typed(person), ext_key, person, number)
    position = _next_position(locked)
    stage(locked, None, [(None, row)], first=position)
    check_rows(locked)
    kept = AssignmentRow.objects.get(template=locked, position=position)
    if kept.problems:
        people = candidates_for([kept])
        told: dict[str, str] = {}
        for problem in kept.problems:
            told.setdefault(problem[0], sentence(kept, problem, people))
        raise Refusals(told)
    return locked


def kind_typed(person: str) -> Kind:
    """Whether somebody typed a UUID or a name."""
    return Kind.UUID if clean_row(Kind.UUID, "101", person, "").identity else Kind.NAME


def _stage(template: AssignmentTemplate, file: AssignmentFile, read: ReadFile) -> None:
    stage(template, file, read.rows, first=_next_position(template))


def _next_position(template: AssignmentTemplate) -> int:
    return (AssignmentRow.objects.filter(template=template).aggregate(last=Max("position"))["last"] or 0) + 1


def _demand_room(template: AssignmentTemplate, count: int, *, field: str | None = "file") -> None:
    if template.total + count > MOST_USERS:
        raise TooManyUsers(
            _("With these the template would have %(n)d users; at most %(most)d are possible.")
            % {"n": template.total + count, "most": MOST_USERS},
            field=field,
        )
