"""CSV that spreadsheets open without running it, and that comes back in unchanged."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from tempfile import SpooledTemporaryFile

from django.http import FileResponse

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
