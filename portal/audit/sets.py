"""Rows of the log for a whole set of changed rows, by one statement (ARCHITECTURE decision 5)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import CharField, F, Func, JSONField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django_tenants.utils import get_public_schema_name

from portal.audit.context import acting_now
from portal.audit.labels import table_of
from portal.audit.masking import CHANGED
from portal.audit.models import LogEntry, Verb
from portal.audit.registry import secrets_of
from portal.audit.scopes import lives_in_public
from portal.audit.words import MESSAGES, action_of
from portal.core.request_id import current


class _Pair(Func):
    """Previous and current value, as the library writes them."""

    function = "jsonb_build_array"
    output_field = JSONField()


class _Fields(Func):
    function = "jsonb_build_object"
    output_field = JSONField()


def record_set(
    rows: QuerySet,
    *,
    verb: Verb,
    fields: Sequence[str] = (),
    changes: Mapping[str, Any] | None = None,
    name: Any = "pk",
    message: str = "",
) -> int:
    """Record one entry for each row of `rows`, and return how many.

    Call it in the same transaction: after an insert, with the `fields` to show; before a delete, likewise; before an
    update, with `changes` mapping each field to its new value or expression (the present column is the previous value).
    `name` is the field or expression that stands for the row in the log. Secrets appear as “changed”.
    """
    model = rows.model
    pairs = _pairs(verb, fields, changes or {}, secrets_of(model))
    schema = get_public_schema_name() if lives_in_public(model) else connection.schema_name
    constants = {
        "model": model._meta.label_lower,
        "table": table_of(model),
        "verb": str(verb.value),
        "action": action_of(verb),
        "message": message or MESSAGES[action_of(verb)],
        "timestamp": timezone.now(),
        "cid": current(),
        **acting_now().columns(schema),
    }
    found = rows.order_by().annotate(
        log_pk=Cast("pk", CharField()),
        log_repr=Coalesce(Cast(name, TextField()), Value("", TextField())),
        log_changes=_Fields(*pairs) if pairs else Value({}, JSONField()),
    )
    query, values = found.values_list("log_pk", "log_repr", "log_changes").query.sql_with_params()
    columns = [LogEntry._meta.get_field(key).column for key in constants]
    return _insert(schema, columns, list(constants.values()), query, values)


def _pairs(verb: Verb, fields: Sequence[str], changes: Mapping[str, Any], secrets: frozenset[str]) -> list[Any]:
    nothing = Value(None, TextField())
    found: list[Any] = []
    for field in fields:
        pair = (Value(""), Value(CHANGED)) if field in secrets else (nothing, F(field))
        found += [Value(field), _Pair(*(reversed(pair) if verb is Verb.DELETE else pair))]
    for field, after in changes.items():
        pair = (Value(CHANGED), Value(CHANGED)) if field in secrets else (F(field), _expression(after))
        found += [Value(field), _Pair(*pair)]
    return found


def _expression(value: Any) -> Any:
    return value if hasattr(value, "resolve_expression") else Value(value)


def _insert(schema: str, columns: list[str], constants: list[Any], query: str, values: tuple[Any, ...]) -> int:
    quote = connection.ops.quote_name
    table = f"{quote(schema)}.{quote(LogEntry._meta.db_table)}"
    names = ", ".join(map(quote, [*columns, "object_pk", "object_repr", "changes"]))
    marks = ", ".join(_typed(column) for column in columns)
    statement = (
        f"INSERT INTO {table} ({names}) "  # noqa: S608 - names of our own columns, values as parameters
        f"SELECT {marks}, changed.log_pk, changed.log_repr, changed.log_changes FROM ({query}) AS changed"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*constants, *values])
        return int(cursor.rowcount)


def _typed(column: str) -> str:
    """A parameter with its column's type: SELECT cannot tell the type of a bare value."""
    field = next(field for field in LogEntry._meta.concrete_fields if field.column == column)
    return f"%s::{field.db_type(connection)}"
