"""Rows of a file on their way into the database: streamed with COPY, in one statement (ARCHITECTURE section 4)."""

import json
from collections.abc import Iterable

from django.db import connection

from licensing.bulk.reading import CleanRow
from licensing.bulk.rules import ROW
from licensing.models.bulk import AssignmentFile, AssignmentTemplate, RowState

_COLUMNS = (
    "template_id, file_id, position, line, ext_key, person, number, key, name, identity, e164, shape, problems, state, "
    "user_name"
)
Placed = tuple[int | None, CleanRow]  # with the line in the file


def stage(
    template: AssignmentTemplate,
    file: AssignmentFile | None,
    rows: Iterable[tuple[int | None, CleanRow]],
    *,
    first: int,
) -> int:
    """Write `rows` (each with its line in the file) behind each other from position `first` on; returns how many."""
    file_id = file.pk if file else None
    position = first
    with connection.cursor() as cursor, cursor.copy(f"COPY {ROW} ({_COLUMNS}) FROM STDIN") as copy:
        for line, row in rows:
            shape = json.dumps(row.problems) if row.problems else "[]"
            copy.write_row(
                (template.pk, file_id, position, line, row.ext_key, row.person, row.number, row.key, row.name,
                 row.identity, row.e164, shape, shape, RowState.WAITING.value, "")
            )  # fmt: skip
            position += 1
    return position - first
