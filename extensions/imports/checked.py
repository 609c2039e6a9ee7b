"""What the check of a file found, and how it is kept until somebody commits it.

Nothing is stored on the server between the two steps: the rows travel in the page, signed for this tenant and person,
and are checked again before they are written.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db import connection
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.errors import DomainError

HOURS_KEPT = 2
Values = dict[str, str]  # the text by column
Row = tuple[int, Values]  # with the line in the file
Fault = tuple[str, str, str]  # the column, its name for people, and a sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the line of the file, the column's name, what stands there, and a sentence."""

    line: int
    column: str
    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Checked:
    """All rows of a file as (line, values by column), and the problems of those that cannot be written."""

    rows: Sequence[Row]
    problems: Sequence[Problem]

    @property
    def wrong_lines(self) -> frozenset[int]:
        return frozenset(problem.line for problem in self.problems)

    @property
    def good(self) -> list[Row]:
        """The rows that can be written."""
        return [row for row in self.rows if row[0] not in self.wrong_lines]


class NotAsChecked(DomainError):
    """What was shown can no longer be written as it was."""

    def __init__(self) -> None:
        super().__init__(_("Something changed since the check. Please look at the result again."))


def look_through(
    typed: Sequence[Row], clean: Sequence[Row], faults: Callable[[Values, Values], Iterable[Fault]]
) -> Checked:
    """What is wrong with each row. `faults` gets what was typed and what it means, and yields what is wrong."""
    problems = [
        Problem(line, column, cells.get(key, ""), sentence)
        for (line, cells), (_same, values) in zip(typed, clean, strict=True)
        for key, column, sentence in faults(cells, values)
    ]
    return Checked(clean, problems)


def as_checked(checked: Checked, expected: int) -> list[Row]:
    """The rows that can be written. Raises NotAsChecked unless there are `expected` of them, and at least one."""
    good = checked.good
    if len(good) != expected or not good:
        raise NotAsChecked
    return good


class StaleUpload(DomainError):
    """The rows in the page are not (or no longer) those of a file that was checked."""

    def __init__(self) -> None:
        super().__init__(_("The checked file is no longer at hand. Upload it again."), field="rows")


def keep(rows: Sequence[Row], *, purpose: str, by: User) -> str:
    """The rows as a text for the page, readable again only here and for `by`, for two hours."""
    return signing.dumps(list(rows), salt=_salt(purpose, by), compress=True)


def kept(text: str, *, purpose: str, by: User) -> list[Row]:
    """The rows of `keep`. Raises StaleUpload."""
    try:
        found: Any = signing.loads(text, salt=_salt(purpose, by), max_age=HOURS_KEPT * 3600)
    except signing.BadSignature as fault:
        raise StaleUpload from fault
    return [(line, values) for line, values in found]


def _salt(purpose: str, by: User) -> str:
    return f"{connection.schema_name}:{by.pk}:{purpose}"
