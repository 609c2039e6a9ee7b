"""A whole file: its kind, its rows, and everything that is wrong with their shape (BLK-24)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from licensing.bulk.limits import MOST_BYTES, MOST_USERS
from licensing.bulk.reading.columns import Columns, Kind, columns_of
from licensing.bulk.reading.refusals import UnreadableFile
from licensing.bulk.reading.shapes import CleanRow, clean_row, looks_like_uuid
from licensing.bulk.reading.sheet import SIGNATURE, lines_of_sheet
from licensing.bulk.reading.text import Line, lines_of_text

_NAMED = 5


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What stands in a file: by what it names people, and its rows with their place in it (the heading is row 1)."""

    kind: Kind
    rows: list[tuple[int, CleanRow]]


def read_file(content: bytes) -> ReadFile:
    """Read an uploaded file by what is in it, not by its name.

    Rows keep their own problems; a file that cannot be taken as a whole raises UnreadableFile: too large (5 MB), no
    text and no workbook, other columns, more than 15,000 people, none, names and UUIDs mixed.
    """
    refuse_size(len(content))
    lines = lines_of_sheet(content) if content.startswith(SIGNATURE) else lines_of_text(content)
    heading = next(lines, None)
    if heading is None:
        raise UnreadableFile(_("The file is empty."))
    columns = columns_of(heading[1])
    rows = []
    for row, cells in lines:
        if len(rows) == MOST_USERS:
            raise UnreadableFile(
                _("The file has more than %(most)d users. Divide it into several, for as many templates.")
                % {"most": MOST_USERS}
            )
        rows.append((row, _row(columns, cells)))
    if not rows:
        raise UnreadableFile(_("The file has a heading and no users."))
    _refuse_mixture(columns.kind, rows)
    return ReadFile(columns.kind, rows)


def refuse_size(size: int) -> None:
    """Raise UnreadableFile for more than 5 MB; asked before anything is read."""
    if size > MOST_BYTES:
        raise UnreadableFile(_("The file is larger than 5 MB. Divide it into several."))


def _row(columns: Columns, cells: list[str]) -> CleanRow:
    line = [*cells, *("",) * (columns.width - len(cells))]
    number = "" if columns.number is None else line[columns.number]
    row = clean_row(columns.kind, line[columns.ext_key], line[columns.person], number)
    if any(cell.strip() for cell in line[columns.width :]):
        row.problems.append(["row", "cells", None])
    return row


def _refuse_mixture(kind: Kind, rows: list[tuple[int, CleanRow]]) -> None:
    """BLK-10: one file names people in one way."""
    others = list(_of_another_kind(kind, rows))
    if not others:
        return
    named = ", ".join(str(row) for row in others[:_NAMED]) + (", …" if len(others) > _NAMED else "")
    words = {"rows": named}
    if kind is Kind.NAME:
        raise UnreadableFile(
            _("Under “User's Name” stand identity UUIDs (rows %(rows)s). One file names people in one way: use the "
              "column “Identity UUID”, or names everywhere.") % words
        )  # fmt: skip
    raise UnreadableFile(
        _("Under “Identity UUID” stand names (rows %(rows)s). One file names people in one way: use the column "
          "“User's Name”, or UUIDs everywhere.") % words
    )  # fmt: skip


def _of_another_kind(kind: Kind, rows: list[tuple[int, CleanRow]]) -> Iterator[int]:
    for place, row in rows:
        if kind is Kind.NAME:
            another = row.name.count("-") > 2 and looks_like_uuid(row.name)
        else:
            another = row.identity is None and _is_a_name(row.person)
        if another:
            yield place


def _is_a_name(cell: str) -> bool:
    return bool(cell) and not looks_like_uuid(cell) and not any(sign < " " or sign == "␀" for sign in cell)


__all__ = ["Line", "ReadFile", "read_file", "refuse_size"]
