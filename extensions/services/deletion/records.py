"""Rows as the database holds them: read, put back, compared. Secrets stay as stored."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.db.models.expressions import RawSQL

from extensions.services.deletion.log_names import log_name_of
from portal.audit.models import Verb
from portal.audit.registry import audited_models, secrets_of
from portal.audit.sets import record_set

Row = dict[str, Any]


def read_rows(model: type[Model], ids: Collection[int]) -> list[Row]:
    """The rows with these ids, in order of id, by column name."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT to_jsonb(one) FROM {_table(model)} AS one WHERE id = ANY(%s) ORDER BY id",  # noqa: S608
            [sorted(ids)],
        )
        return [json.loads(row) if isinstance(row, str) else row for (row,) in cursor.fetchall()]


def put_rows(model: type[Model], rows: Sequence[Row]) -> None:
    """Insert rows as they were, ids included."""
    table = _table(model)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)",  # noqa: S608
            [json.dumps(rows)],
        )


def ids_as_told(model: type[Model], told: Mapping[int, Row]) -> list[int]:
    """Which of the rows still hold what `told` says of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT one.id FROM {_table(model)} AS one, jsonb_each(%s::jsonb) AS said "  # noqa: S608
            "WHERE one.id = said.key::bigint AND to_jsonb(one) @> said.value ORDER BY one.id",
            [json.dumps(told)],
        )
        return [pk for (pk,) in cursor.fetchall()]


def write_columns(model: type[Model], told: Mapping[int, Row]) -> None:
    """Write into each row what `told` says of it; all of them name the same columns."""
    columns = sorted(next(iter(told.values())))
    names = ", ".join(map(connection.ops.quote_name, columns))
    values = ", ".join(f"held.{connection.ops.quote_name(column)}" for column in columns)
    table = _table(model)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS one SET ({names}) = (SELECT {values} "  # noqa: S608
            f"FROM jsonb_populate_record(NULL::{table}, said.value) AS held) "
            "FROM jsonb_each(%s::jsonb) AS said WHERE one.id = said.key::bigint",
            [json.dumps(told)],
        )


def record_rows(model: type[Model], ids: Collection[int], verb: Verb) -> None:
    """Tell the log that whole rows come (POST) or go (DELETE), where the log watches their table."""
    if ids and model in audited_models():
        fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        shown = [name for name in fields if name not in secrets_of(model)] + sorted(secrets_of(model))
        record_set(model._default_manager.filter(pk__in=ids), verb=verb, fields=shown, name=log_name_of(model))


def record_columns(model: type[Model], told: Mapping[int, Row]) -> None:
    """Tell the log, before `write_columns`, what that will write."""
    if model not in audited_models():
        return
    fields = {field.column: field.name for field in model._meta.concrete_fields}
    table, payload = _table(model), json.dumps(told)
    changes = {
        fields[column]: RawSQL(f"(%s::jsonb -> {table}.id::text -> %s)", [payload, column])  # noqa: S611 - own names
        for column in next(iter(told.values()))
        if column != "version"
    }
    record_set(model._default_manager.filter(pk__in=told), verb=Verb.PUT, changes=changes, name=log_name_of(model))


def record_change(model: type[Model], ids: Collection[int], changes: Mapping[str, Any]) -> None:
    """Tell the log, before an update by set, what it will write."""
    if ids and model in audited_models():
        told = {name: getattr(value, "pk", value) for name, value in changes.items()}
        record_set(model._default_manager.filter(pk__in=ids), verb=Verb.PUT, changes=told, name=log_name_of(model))


def model_of(table: str) -> type[Model]:
    """The model behind a table's name."""
    return next(model for model in apps.get_models(include_auto_created=True) if model._meta.db_table == table)


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
