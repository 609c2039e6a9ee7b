"""The lines of a text file: UTF-8 or UTF-16, commas, semicolons or tabs (BLK-27)."""

import csv
from collections.abc import Iterator
from io import StringIO

from django.utils.translation import gettext as _

from licensing.bulk.reading.columns import known_in
from licensing.bulk.reading.refusals import UnreadableFile

Line = tuple[int, list[str]]  # the row of the file, 1 is the heading, and its cells
_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))


def lines_of_text(content: bytes) -> Iterator[Line]:
    """Every line that is not empty, with the row in which it begins. Raises UnreadableFile, also in the middle."""
    text = _decoded(content)
    divider, start, skipped = _divider(text)
    reader = csv.reader(StringIO(text[start:], newline=""), delimiter=divider, strict=True)
    before = 0
    try:
        for cells in reader:
            row, before = before + 1 + skipped, reader.line_num
            if any(cell.strip() for cell in cells):
                yield row, cells
    except csv.Error as fault:
        raise UnreadableFile(_sentence(str(fault), before + 1 + skipped)) from fault


def _decoded(content: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "") or _guessed(content)
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        row = content[: fault.start].count(b"\n") + 1
        raise UnreadableFile(
            _("Row %(row)d holds characters that cannot be read. Save the file as “CSV UTF-8” or as .xlsx.")
            % {"row": row}
        ) from fault


def _guessed(content: bytes) -> str:
    """Without a mark: UTF-16 where every other byte of Latin letters is empty, otherwise UTF-8."""
    start = content[:200]
    if len(start) >= 8 and start[1::2].count(0) > len(start) // 3:
        return "utf-16-le"
    if len(start) >= 8 and start[0::2].count(0) > len(start) // 3:
        return "utf-16-be"
    return "utf-8"


def _divider(text: str) -> tuple[str, int, int]:
    """What divides cells, where the heading begins, and how many lines stand before it."""
    first = text.split("\n", 1)[0].strip("\r")
    if first.lower().startswith("sep=") and len(first) == 5:  # spreadsheets write this for each other
        return first[4], len(text.split("\n", 1)[0]) + 1, 1
    heading = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=lambda sign: known_in([cell.strip(' "') for cell in heading.split(sign)])), 0, 0


def _sentence(fault: str, row: int) -> str:
    if "unexpected end" in fault or "larger than field limit" in fault:
        return _("Row %(row)d: a quotation mark is opened and never closed.") % {"row": row}
    return _("Row %(row)d: a quotation mark stands in the middle of a cell. Double it, or put the whole cell into "
             "quotation marks.") % {"row": row}  # fmt: skip
