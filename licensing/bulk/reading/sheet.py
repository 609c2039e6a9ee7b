"""The lines of a workbook (.xlsx). What would unpack to more than a file of people is refused before it is unpacked."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from licensing.bulk.limits import MOST_PARTS, MOST_UNPACKED, MOST_USERS
from licensing.bulk.reading.refusals import UnreadableFile
from licensing.bulk.reading.text import Line

SIGNATURE = b"PK\x03\x04"
_PIECE = 64 * 1024
_COLUMNS = 20  # read of each line; a file has four
_EXACT = 10**15  # spreadsheets keep no more digits of a number


def lines_of_sheet(content: bytes) -> Iterator[Line]:
    """Every line of the first sheet that is not empty, with its row. Raises UnreadableFile."""
    _refuse_bombs(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size is not believed
        empty = 0
        for row, cells in enumerate(sheet.iter_rows(max_col=_COLUMNS, values_only=True), start=1):
            texts = [_text(cell) for cell in cells]
            if any(texts):
                empty = 0
                yield row, texts
            else:
                empty += 1
            if empty > MOST_USERS:
                return  # a sheet whose last cell was set far below
    except UnreadableFile:
        raise
    except Exception as fault:  # the library raises whatever a broken part makes of it
        raise UnreadableFile(_("This workbook cannot be read. Save it again as .xlsx, or as “CSV UTF-8”.")) from fault


def _refuse_bombs(content: bytes) -> None:
    """By what the file says of its parts, and then by counting: what it says may be a lie."""
    too_much = UnreadableFile(
        _("This workbook unpacks to far more than a list of people. Copy the three columns into a new workbook.")
    )
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise too_much
            left = MOST_UNPACKED
            for part in parts:
                with packed.open(part) as stream:
                    while piece := stream.read(_PIECE):
                        left -= len(piece)
                        if left < 0:
                            raise too_much
    except UnreadableFile:
        raise
    except Exception as fault:  # encrypted, cut off, or no archive at all
        raise UnreadableFile(_("This workbook cannot be read. Save it again as .xlsx, or as “CSV UTF-8”.")) from fault


def _text(cell: Any) -> str:
    """A cell as somebody would have typed it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)


def _number(cell: float) -> str:
    if abs(cell) < _EXACT and cell == int(cell):
        return str(int(cell))
    return repr(cell)
