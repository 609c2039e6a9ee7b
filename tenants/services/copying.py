"""SQL that copies a tenant's rows into another schema, table by table, ids kept (cloning, and templates from tenants).

Which rows travel follows from the models: `clone` says whether a table does, `clone_where` which of its rows, and a
reference to a row that stays behind becomes null, or keeps its own row from travelling where the reference is required
(or named in `clone_needs`). Encrypted text never travels: its key differs per schema.
"""

from collections.abc import Collection, Iterator

from django.conf import settings
from django.db import models

from portal.core.cloning import Clone, clone_of
from portal.core.crypto import EncryptedTextField

Model = type[models.Model]
ALL = "true"


class Copier:
    """Copies `tables` from the schema `source` to the schema `target`. Names of schemas are checked by the caller."""

    def __init__(self, source: str, target: str, tables: Collection[Model]) -> None:
        self.source = source
        self.target = target
        self.tables = [model for model in tables if clone_of(model) in (Clone.ROWS, Clone.REGENERATE)]
        self._kept: dict[Model, str] = {}

    def statements(self) -> Iterator[str]:
        """One INSERT for each table, and its sequence set behind the highest id."""
        for model in self.tables:
            columns = [str(field.column) for field in model._meta.local_concrete_fields]  # noqa: SLF001
            values = [self._value(field) for field in model._meta.local_concrete_fields]  # noqa: SLF001
            table = model._meta.db_table  # noqa: SLF001 - Django's public name for the options
            yield (
                f"INSERT INTO {self.target}.{table} ({', '.join(map(quote, columns))}) "  # noqa: S608 - our own names
                f"SELECT {', '.join(values)} FROM {self.source}.{table} AS row WHERE {self.kept(model)}"
            )
            key = model._meta.pk  # noqa: SLF001
            if isinstance(key, models.AutoField):
                yield set_sequence(self.target, table, str(key.column))

    def kept(self, model: Model) -> str:
        """The SQL condition, over the alias `row`, for the rows of `model` that travel."""
        if model not in self._kept:
            self._kept[model] = ALL  # a table that refers to itself asks no further
            self._kept[model] = " AND ".join(self._conditions(model)) or ALL
        return self._kept[model]

    def _conditions(self, model: Model) -> Iterator[str]:
        own = getattr(model, "clone_where", "")
        if own:
            yield f"({own.format(schema=self.source)})"
        needed = getattr(model, "clone_needs", ())
        for field in model._meta.local_concrete_fields:  # noqa: SLF001
            if not isinstance(field, models.ForeignKey) or (field.null and field.name not in needed):
                continue
            there = self._there(field)
            if there == ALL:
                continue
            yield f"(row.{quote(str(field.column))} IS NULL OR {there})" if field.null else f"({there})"

    def _value(self, field: models.Field) -> str:
        """How one column travels."""
        column = f"row.{quote(str(field.column))}"
        if isinstance(field, EncryptedTextField):
            return "''"
        if not isinstance(field, models.ForeignKey) or not field.null:
            return column
        there = self._there(field)
        return column if there == ALL else f"CASE WHEN {there} THEN {column} END"

    def _there(self, field: models.ForeignKey) -> str:
        """The condition that the row which `field` refers to travels, too."""
        related = field.related_model
        if related is None or isinstance(related, str) or related._meta.label == settings.AUTH_USER_MODEL:  # noqa: SLF001
            return "false"
        if related not in self.tables:
            return "false"
        kept = self.kept(related)
        if kept == ALL:
            return ALL
        table = related._meta.db_table  # noqa: SLF001
        return f"row.{quote(str(field.column))} IN (SELECT row.id FROM {self.source}.{table} AS row WHERE {kept})"  # noqa: S608


def set_sequence(schema: str, table: str, column: str) -> str:
    """SQL that makes the next id one higher than any that is there."""
    serial = f"pg_get_serial_sequence('{schema}.{table}', '{column}')"
    return f"SELECT setval({serial}, coalesce(max({quote(column)}), 0) + 1, false) FROM {schema}.{table}"  # noqa: S608


def quote(name: str) -> str:
    """A column's name in SQL."""
    return f'"{name}"'
