"""What one deletion took out and changed, kept so that it can come back."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection
from django.db.models import F, Model

from extensions.services.deletion.records import Row, read_rows, record_change, record_rows
from portal.audit.models import Verb
from portal.core.versions import Versioned


class Journal:
    """Collects as it does. `rows` and `changes` have the shapes that Deletion keeps."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.changes: list[dict[str, Any]] = []

    def change(self, model: type[Model], ids: Collection[int], values: Mapping[str, Any]) -> None:
        """Set fields (plain values or objects) of the rows with these ids, by one statement."""
        if not ids:
            return
        columns = [str(getattr(model._meta.get_field(name), "column", name)) for name in values]
        before = _columns(read_rows(model, ids), columns)
        record_change(model, ids, values)
        counted = {"version": F("version") + 1} if issubclass(model, Versioned) else {}
        # audit: written by record_change, from the same rows
        model._default_manager.filter(pk__in=ids).update(**values, **counted)
        after = _columns(read_rows(model, ids), columns)
        table = model._meta.db_table
        self.changes += [
            {"table": table, "pk": pk, "before": before[pk], "after": after[pk]}
            for pk in before
            if before[pk] != after[pk]
        ]

    def take_out(self, going: Mapping[type[Model], Collection[int]]) -> None:
        """Delete the rows with these ids. Whatever refers to them must be dealt with before the transaction ends.

        All of them are told to the log before the first one goes: parts are called after what they belong to.
        """
        there = {model: ids for model, ids in going.items() if ids}
        for model, ids in there.items():
            self.rows += [{"table": model._meta.db_table, "row": row} for row in read_rows(model, ids)]
            record_rows(model, ids, Verb.DELETE)
        for model, ids in there.items():
            found = model._default_manager.filter(pk__in=ids)
            # audit: written by record_rows, from the same rows; what depends on them was found by the survey
            found._raw_delete(connection.alias)  # type: ignore[attr-defined] # noqa: SLF001


def _columns(rows: list[Row], columns: list[str]) -> dict[int, Row]:
    return {row["id"]: {column: row[column] for column in columns} for row in rows}
