"""A file of blocked callers: every fault by line and column, before anything is written (CTL-05)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _

from extensions.models import BlockAction, BlockDirection, BlockMatch
from extensions.services.calls.blocked import Blocking
from portal.core.csv import CellFault, CsvRow, read_csv
from portal.core.errors import DomainError

COLUMNS = ("match", "pattern", "direction", "action", "note")
DEFAULTS = {"match": BlockMatch.NUMBER, "direction": BlockDirection.IN, "action": BlockAction.REJECT}
NOTE = 80


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file holds: lines that can be taken over, and everything that is wrong."""

    lines: list[Blocking]
    faults: list[CellFault]


def check_blocked_file(content: bytes) -> Checked:
    """Read a file with the columns of COLUMNS; only `pattern` must be there. Raises UnreadableCsv on `file`."""
    lines: dict[tuple[str, str, str], Blocking] = {}
    faults: list[CellFault] = []
    for row in read_csv(content, known=COLUMNS, required=("pattern",)):
        found = _line(row, faults.append)
        if found is None:
            continue
        if found.key in lines:
            faults.append(CellFault(row.line, "pattern", _("This is in the file twice.")))
        lines[found.key] = found
    return Checked(list(lines.values()), faults)


def _line(row: CsvRow, fault: Callable[[CellFault], None]) -> Blocking | None:
    choices = {
        column: _choice(row, column, kind, fault)
        for column, kind in (("match", BlockMatch), ("direction", BlockDirection), ("action", BlockAction))
    }
    if len(row.cells["note"]) > NOTE:
        fault(CellFault(row.line, "note", _("Use at most %(n)d characters.") % {"n": NOTE}))
        return None
    if None in choices.values():
        return None
    typed = Blocking(pattern=row.cells["pattern"], note=row.cells["note"], **choices)  # type: ignore[arg-type]
    try:
        return typed.checked()
    except DomainError as refusal:
        fault(CellFault(row.line, refusal.field or "pattern", str(refusal.message)))
        return None


def _choice(row: CsvRow, column: str, kind: Any, fault: Callable[[CellFault], None]) -> Enum | None:
    text = row.cells[column].casefold()
    if not text:
        return DEFAULTS[column]
    if text in kind.values:
        return kind(text)
    words = ", ".join(kind.values)
    fault(CellFault(row.line, column, _("Write one of: %(words)s.") % {"words": words}))
    return None
