"""CSV that spreadsheets open without running it, and that comes back in unchanged."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

_NUMBER = re.compile(r"\+[0-9]{6,15}|-?[0-9]+([.,][0-9]+)?")
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


def csv_response(name: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """A download called `name`.csv (`name` is ours, never typed by a user)."""
    response = StreamingHttpResponse(lines(heading, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
