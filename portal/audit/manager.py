"""How rows get into the log."""

from typing import Any

from django.db import connection, models
from django.utils import timezone
from django_tenants.utils import get_public_schema_name

from portal.audit.context import acting_now
from portal.audit.labels import table_of
from portal.audit.masking import CHANGED
from portal.audit.scopes import lives_in_public
from portal.audit.words import MESSAGES, VERBS
from portal.core.request_id import current


class EntryManager(models.Manager):
    """`log_create` and `create` have the shape that the library calls."""

    def log_create(
        self, instance: models.Model, *, force_log: bool = False, changes: Any = None, action: int = 1, **columns: Any
    ) -> Any:
        """Record that `instance` was changed as `changes` says. Returns the row, or None when nothing differs."""
        # Two spellings of one value, such as a zone and its name, are no change.
        different = {name: pair for name, pair in (changes or {}).items() if _differs(pair)}
        if not different and not force_log:
            return None
        return self.write(type(instance), instance, changes=different, action=action, **columns)

    def write(self, model: type[models.Model] | None, obj: models.Model | None, **columns: Any) -> Any:
        """Insert one row, filled with whoever acts now. A shared row's entry goes to the management instance's log."""
        action = columns.setdefault("action", 1)
        schema = connection.schema_name
        if model is not None and lives_in_public(model):
            schema = get_public_schema_name()
        entry = self.model(
            **{
                "verb": VERBS[action],
                "message": MESSAGES[action],
                "timestamp": timezone.now(),
                "cid": current(),
                **acting_now().columns(schema),
                **_object_columns(model, obj),
                **columns,
            }
        )
        if schema == connection.schema_name:
            entry.save(force_insert=True)
        else:
            _insert_into(schema, entry)
        return entry


def _object_columns(model: type[models.Model] | None, obj: models.Model | None) -> dict[str, str]:
    if model is None or obj is None:
        return {}
    return {
        "model": model._meta.label_lower,
        "object_pk": str(obj.pk),
        "object_repr": str(obj),
        "table": table_of(model),
    }


def _differs(pair: Any) -> bool:
    before, after = pair
    return str(before) != str(after) or after == CHANGED


def _insert_into(schema: str, entry: models.Model) -> None:
    """The same INSERT, into the log of another schema than the active one."""
    fields = [field for field in entry._meta.concrete_fields if not field.primary_key]
    values = [field.get_db_prep_save(field.pre_save(entry, add=True), connection) for field in fields]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = f"{connection.ops.quote_name(schema)}.{connection.ops.quote_name(entry._meta.db_table)}"
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608 - our own names
