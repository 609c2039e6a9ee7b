"""Words in a template's texts that each new tenant fills in: `{{company}}` and its like (TPL-06)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import connection, models
from django.utils.translation import gettext as _

from portal.audit.labels import table_of
from portal.core.cloning import Clone, clone_of, tenant_models
from portal.core.crypto import EncryptedTextField
from portal.core.errors import DomainError
from tenants.door import inside
from tenants.models import Tenant

KNOWN = ("company", "short_name", "ani", "country", "timezone")
_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_NAMED = 5


class UnknownPlaceholder(DomainError):
    """A text of the template asks for something that no tenant could fill in."""


@dataclass(frozen=True, slots=True)
class Found:
    """A placeholder in a text: what kind of object holds it, the text, and the word between the braces."""

    table: str
    text: str
    word: str


def placeholders_in(schema: Tenant) -> list[Found]:
    """Every placeholder in the texts of a template's schema, known or not, in one query."""
    columns = list(_texts())
    selects = [
        f"SELECT {place}, {_readable(field)} FROM {model._meta.db_table} WHERE {_readable(field)} LIKE '%%{{{{%%'"  # noqa: S608, SLF001
        for place, (model, field) in enumerate(columns)
    ]
    with inside(schema), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects) + " ORDER BY 1, 2", [])
        rows = cursor.fetchall()
    return [
        Found(str(_(table_of(columns[place][0]))), text, word)
        for place, text in rows
        for word in _PLACEHOLDER.findall(text)
    ]


def demand_known_placeholders(schema: Tenant) -> None:
    """Raise UnknownPlaceholder where a text of the schema holds one that is not in KNOWN, naming up to five."""
    unknown = [one for one in placeholders_in(schema) if one.word not in KNOWN]
    if not unknown:
        return
    named = "; ".join(f"{one.table} “{one.text[:60]}”: {{{{{one.word}}}}}" for one in unknown[:_NAMED])
    known = ", ".join(f"{{{{{word}}}}}" for word in KNOWN)
    raise UnknownPlaceholder(
        _("These placeholders are not known: %(named)s. Use one of %(known)s.") % {"named": named, "known": known}
    )


def fill_in(tenant: Tenant, values: Mapping[str, str]) -> int:
    """Replace the placeholders in every text of `tenant`'s schema; returns how many rows changed.

    `values` holds a text for each of KNOWN. One UPDATE for each table; a text that gets too long is cut to its column.
    """
    changed = 0
    with inside(tenant, owner=True), connection.cursor() as cursor:
        for model in _copied():
            fields = [field for owner, field in _texts() if owner is model]
            if not fields:
                continue
            sets = ", ".join(f'"{field.column}" = {_filled(field)}' for field in fields)
            where = " OR ".join(f"{_readable(field)} LIKE '%%{{{{%%'" for field in fields)
            # audit: this runs before the tenant exists for anybody
            arguments = [argument for _field in fields for argument in _arguments(values)]
            cursor.execute(f"UPDATE {model._meta.db_table} SET {sets} WHERE {where}", arguments)  # noqa: S608, SLF001
            changed += cursor.rowcount
    return changed


def _copied() -> list[type[models.Model]]:
    return [model for model in tenant_models() if clone_of(model) in (Clone.ROWS, Clone.REGENERATE)]


def _texts() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Columns that hold words of people: no choices, no secrets; and settings' values."""
    for model in _copied():
        if model._meta.label == "contenttypes.ContentType":  # noqa: SLF001
            continue
        for field in model._meta.local_concrete_fields:  # noqa: SLF001
            words = isinstance(field, models.CharField | models.TextField) and not field.choices
            if (words and not isinstance(field, EncryptedTextField)) or isinstance(field, models.JSONField):
                yield model, field


def _readable(field: models.Field) -> str:
    column = f'"{field.column}"'
    return f"({column} #>> '{{}}')" if _is_json(field) else column


def _filled(field: models.Field) -> str:
    text, column = _readable(field), f'"{field.column}"'
    for _word in KNOWN:
        text = f"regexp_replace({text}, %s, %s, 'g')"
    if _is_json(field):
        return f"CASE WHEN jsonb_typeof({column}) = 'string' THEN to_jsonb({text}) ELSE {column} END"
    longest = getattr(field, "max_length", None)
    return f"left({text}, {int(longest)})" if longest else text


def _arguments(values: Mapping[str, str]) -> Iterator[str]:
    for word in KNOWN:
        yield rf"\{{\{{\s*{word}\s*\}}\}}"
        yield values[word].replace("\\", "\\\\")  # a backslash would mean a group of the pattern


def _is_json(field: models.Field) -> bool:
    return isinstance(field, models.JSONField)
