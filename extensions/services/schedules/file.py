"""Holidays from a file with the columns name and date: checked whole, looked at, then added (SCH-08)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from extensions.services.schedules.draft import YEARS, HolidayDraft, name_fault
from portal.core.csv import CellFault, CsvRow, read_csv

COLUMNS = ("name", "date")
MOST_ROWS = 500
MOST_BYTES = 200_000
_FORMATS = ("%Y-%m-%d", "%d.%m.%Y")  # never 03/04/2026, which is March here and April there


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One line: what it would add, or nothing, and whether it is there already."""

    line: int
    name: str
    date: str
    draft: HolidayDraft | None


@dataclass(frozen=True, slots=True)
class HolidayFile:
    """A file that was checked against a calendar."""

    rows: list[CheckedRow]
    faults: list[CellFault]
    columns: tuple[str, ...] = COLUMNS

    @property
    def drafts(self) -> list[HolidayDraft]:
        """What can be added."""
        return [row.draft for row in self.rows if row.draft]


def check_file(content: bytes, *, taken: Collection[str]) -> HolidayFile:
    """Every row with everything that is wrong with it. `taken` are names in lower case that the calendar has.

    Raises UnreadableCsv (field `file`) where the file as a whole is none.
    """
    rows: list[CheckedRow] = []
    faults: list[CellFault] = []
    seen: dict[str, int] = {}
    for row in read_csv(content, known=COLUMNS, required=COLUMNS, most=MOST_ROWS):
        found = _faults(row, taken, seen)
        seen.setdefault(row.cells["name"].lower(), row.line)
        faults += found
        draft = None if found else HolidayDraft(name=row.cells["name"], first_day=_day(row.cells["date"]))
        rows.append(CheckedRow(row.line, row.cells["name"], row.cells["date"], draft))
    return HolidayFile(rows, faults)


def _faults(row: CsvRow, taken: Collection[str], seen: dict[str, int]) -> list[CellFault]:
    name = row.cells["name"]
    found = [CellFault(row.line, "name", fault) for fault in [name_fault(name)] if fault]
    if not found and name.lower() in seen:
        said = _("The same name as in line %(n)d.") % {"n": seen[name.lower()]}
        found.append(CellFault(row.line, "name", said))
    elif not found and name.lower() in taken:
        found.append(CellFault(row.line, "name", _("The calendar has a holiday of this name already.")))
    day = _day(row.cells["date"])
    if day is None:
        found.append(CellFault(row.line, "date", _("Write the date as 2027-12-25 or 25.12.2027.")))
    elif day.year not in YEARS:
        found.append(CellFault(row.line, "date", _("Choose a day between 2000 and 2100.")))
    return found


def _day(text: str) -> date | None:
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
