"""CSV that spreadsheets open without running it, and that comes back in unchanged."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from tempfile import SpooledTemporaryFile

from django.http import FileResponse
from django.utils.translation import gettext as _

from portal.core.errors import DomainError

_NUMBER = re.compile(r"\+[0-9]{6,15}|-?[0-9]+([.,][0-9]+)?")
_IN_MEMORY = 4 * 1024 * 1024
_DANGEROUS = "=+-@|%\t\r\n＝＋－＠"


def neutral(value: object) -> str:
    """`value` as text; a leading quote mark is added where a spreadsheet would take it for a formula.

    Telephone numbers in E.164 and plain numbers stay as they are, so that an export can be uploaded again.
    """
    text = "" if value is None else str(value)
    if _NUMBER.fullmatch(text):
        return text
    stripped = text.lstrip(" ")
    return f"'{text}" if stripped and stripped[0] in _DANGEROUS else text


class _Echo:
    def write(self, value: str) -> str:
        return value


def lines(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The file, line by line, with a BOM so that spreadsheets read it as UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([str(cell) for cell in heading])
    for row in rows:
        yield writer.writerow([neutral(cell) for cell in row])


def csv_response(name: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> FileResponse:
    """A download called `name`.csv (`name` is ours, never typed by a user).

    The file is complete before the request ends: a body that is read from the database while it is being sent would
    be read after the connection has left the tenant's schema, and show another schema's rows.
    """
    file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the response closes it when it was sent
    for line in lines(heading, rows):
        file.write(line.encode())
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=f"{name}.csv", content_type="text/csv; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    return response


# --- reading ------------------------------------------------------------------------------------------------------
class UnreadableCsv(DomainError):
    """The file as a whole cannot be read; the sentence says why."""


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One line of a file under its heading. `cells` has every known column, empty where the file has none."""

    line: int  # in the file, the heading is line 1
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in one cell, for a list of everything that is wrong in a file."""

    line: int
    column: str
    sentence: str


def read_csv(
    content: bytes, *, known: Sequence[str], required: Sequence[str] = (), most: int = 5000, field: str = "file"
) -> list[CsvRow]:
    """The rows of an uploaded file: UTF-8, comma, semicolon or tab, with a heading in any order and case.

    Empty lines are left out, and the quote mark that an export put before a formula is taken away again.
    Raises UnreadableCsv on `field` where the file is no text, names columns that are not `known`, misses `required`
    ones, or has more than `most` rows.
    """
    text = _text_of(content, field)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        heading = next(reader, [])
        columns = _columns(heading, known, required, field)
        rows = []
        line = 1
        for cells in reader:
            line, before = reader.line_num, line + 1
            if any(cell.strip() for cell in cells):
                rows.append(CsvRow(before, _cells(columns, cells, known, before, field)))
    except csv.Error as fault:
        raise UnreadableCsv(_("Line %(n)d cannot be read as CSV.") % {"n": reader.line_num}, field=field) from fault
    if len(rows) > most:
        raise UnreadableCsv(_("The file has %(n)d rows; at most %(most)d are read at once.")
                            % {"n": len(rows), "most": most}, field=field)  # fmt: skip
    return rows


def _text_of(content: bytes, field: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnreadableCsv(_("The file is not UTF-8 text. Save it as “CSV UTF-8”."), field=field) from fault
    if "\0" in text or not text.strip():
        raise UnreadableCsv(_("The file is empty or no text."), field=field)
    return text


def _delimiter(text: str) -> str:
    heading = text.lstrip().splitlines()[0]
    return max(",;\t", key=heading.count)


def _columns(heading: Sequence[str], known: Sequence[str], required: Sequence[str], field: str) -> list[str]:
    columns = [cell.strip().casefold() for cell in heading]
    while columns and not columns[-1]:
        columns.pop()  # spreadsheets leave empty columns at the end
    unknown = [cell.strip() or "?" for cell, name in zip(heading, columns, strict=False) if name not in known]
    expected = ", ".join(known)
    if unknown:
        names = {"names": ", ".join(one[:60] for one in unknown[:10]), "expected": expected}
        raise UnreadableCsv(_("Unknown columns: %(names)s. Known are: %(expected)s.") % names, field=field)
    missing = [name for name in required if name not in columns]
    if missing:
        raise UnreadableCsv(_("Missing columns: %(names)s.") % {"names": ", ".join(missing)}, field=field)
    if len(set(columns)) < len(columns):
        raise UnreadableCsv(_("A column appears twice in the heading."), field=field)
    return columns


def _cells(columns: Sequence[str], cells: Sequence[str], known: Sequence[str], line: int, field: str) -> dict[str, str]:
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise UnreadableCsv(_("Line %(n)d has more cells than the heading.") % {"n": line}, field=field)
    given = {name: _as_typed(cell.strip()) for name, cell in zip(columns, cells, strict=False)}
    return {name: given.get(name, "") for name in known}


def _as_typed(cell: str) -> str:
    """Without the quote mark that `neutral` adds."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1:].lstrip(" ")[:1] in _DANGEROUS else cell
