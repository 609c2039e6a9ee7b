"""From what the rules kept to sentences that people read, in their language (BLK-11, BLK-24)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.models import DialKind
from licensing.bulk.namesakes import Candidates, candidates_for
from licensing.bulk.reading.columns import EXT_KEY, HEADINGS, NUMBER, PEOPLE, PERSON, Kind
from licensing.models.bulk import AssignmentRow

SENTENCES: Mapping[str, Any] = {
    # of the row itself
    "key_blank": gettext_lazy("Every row needs an Ext Key."),
    "key_digits": gettext_lazy("An Ext Key has digits only."),
    "key_length": gettext_lazy("An Ext Key has 3 to 5 digits; this one has %(told)s."),
    "name_blank": gettext_lazy("Every row needs a User's Name."),
    "uuid_blank": gettext_lazy("Every row needs an Identity UUID."),
    "name_long": gettext_lazy("Names have at most 150 characters; this one has %(told)s."),
    "uuid_shape": gettext_lazy("This is no UUID. It has 32 digits in five groups; copy it from the list of users."),
    "number_shape": gettext_lazy("A number has 6 to 15 digits, with or without + in front, or the cell is blank."),
    "number_many": gettext_lazy("At most one number for each user."),
    "scientific": gettext_lazy(
        "A spreadsheet shortened this number. Format the column as text, and type the number again."
    ),
    "control": gettext_lazy("There is an invisible character in this cell. Clear the cell and type it again."),
    "cells": gettext_lazy("This row has more cells than the heading."),
    # of all rows together
    "key_twice": gettext_lazy("This Ext Key stands in several rows: %(told)s."),
    "user_twice": gettext_lazy("This user stands in several rows: %(told)s."),
    "number_twice": gettext_lazy("This number stands in several rows: %(told)s."),
    # of the company
    "key_emergency": gettext_lazy("This is an emergency number and cannot be given to anything else."),
    "key_taken": gettext_lazy("This Ext Key is in use already: %(told)s."),
    "name_none": gettext_lazy("There is no user with this name."),
    "uuid_none": gettext_lazy("There is no user with this UUID."),
    "user_locked": gettext_lazy("This user may not sign in, and cannot be given an extension."),
    "name_many": gettext_lazy("Several users have this name. Use a file with identity UUIDs for them."),
    "user_assigned": gettext_lazy("This user is not unassigned: the extension %(told)s is theirs."),
    "number_none": gettext_lazy("This is none of the company's numbers."),
    "number_taken": gettext_lazy("This number is assigned to the extension %(told)s already."),
    "number_needed": gettext_lazy("The add-on %(told)s needs a number."),
    # of a run
    "no_licence": gettext_lazy("No free license was left: %(told)s."),
    "no_room": gettext_lazy("The company may not have more extensions."),
    "cancelled": gettext_lazy("The run was cancelled before this row."),
    "failed": gettext_lazy("The run ended before this row."),
}
_ROWS = frozenset({"key_twice", "user_twice", "number_twice"})


@dataclass(frozen=True, slots=True)
class Shown:
    """One problem of one row, as pages and files show it."""

    row: AssignmentRow
    column: str
    value: str
    sentence: str


def explain(rows: Iterable[AssignmentRow], *, kind: Kind = Kind.NAME) -> list[Shown]:
    """Every problem of `rows` in their order; at most two queries, whatever their number."""
    kept = list(rows)
    people = candidates_for(kept)
    return [_shown(row, problem, kind, people) for row in kept for problem in row.problems]


def sentence(row: AssignmentRow, problem: list[Any], people: Candidates) -> str:
    """One problem in words, with those who could have been meant."""
    _column, code, told = problem
    text = str(SENTENCES[code])
    if told is not None:
        text %= {"told": _told(code, told)}
    named = people.of(row, code, told)
    if not named:
        return text
    return " ".join([text, _("Candidates: %(names)s.") % {"names": "; ".join(named)}])


def column_word(column: str, kind: Kind) -> str:
    """What a column is called in the file; empty for a problem of the whole row."""
    return PEOPLE[kind] if column == PERSON else HEADINGS.get(column, "")


def _shown(row: AssignmentRow, problem: list[Any], kind: Kind, people: Candidates) -> Shown:
    column = problem[0]
    value = {EXT_KEY: row.ext_key, PERSON: row.person, NUMBER: row.number}.get(column, "")
    named = Kind.UUID if row.identity or problem[1].startswith("uuid_") else kind
    return Shown(row, column_word(column, named), value, sentence(row, problem, people))


def _told(code: str, told: Any) -> str:
    if code in _ROWS:
        lines = [str(line) for line in told if line]
        more = "…" if len(told) > 5 else ""
        return ", ".join(lines[:5] + [more] * bool(more)) or _("typed by hand")
    if code == "key_taken":
        return str(DialKind(told).label)
    return str(told)
