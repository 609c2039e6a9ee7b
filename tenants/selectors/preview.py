"""What a new tenant gets from a template: every object by name, with counts (TPL-07)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models
from django.utils.translation import ngettext

from portal.core.cloning import Clone, clone_of, tenant_models
from tenants.content_words import said_of
from tenants.door import inside
from tenants.limits import Limit
from tenants.models import Sku, TemplateVersion, Tenant
from tenants.skus import NUMBER, PHONE_SYSTEM

MOST_NAMES = 200


@dataclass(slots=True)
class Content:
    """One kind of object that a new tenant gets: how many, up to MOST_NAMES of them by name, and how many besides."""

    label: str
    count: int
    names: list[str] = field(default_factory=list)
    unnamed: int = 0


def contents_of(schema: Tenant, *, named: bool = False, technical: bool = False) -> list[Content]:
    """What `schema`, a template's working copy or version, holds of every table that people know (TPL-07).

    `technical` tells what only those know who make templates, too. One query for the counts and, with `named`, one for
    the names.
    """
    told = [(model, said) for model in copied_models() if (said := said_of(model)) and (said.plain or technical)]
    counts = [f"SELECT {place}, count(*) FROM {model._meta.db_table}" for place, (model, _said) in enumerate(told)]  # noqa: S608, SLF001
    with inside(schema), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counts) + " ORDER BY 1")
        found = [Content(told[place][1].label(count), count) for place, count in cursor.fetchall()]
        if named:
            cursor.execute(" UNION ALL ".join(_names([(model, said.column) for model, said in told])))
            for place, name in cursor.fetchall():
                found[place].names.append(told[place][1].spoken(name))
    for one in found:
        one.unnamed = one.count - len(one.names) if one.names else 0
        one.names = list(dict.fromkeys(one.names))  # one setting may be said for several occasions
    return found


def licences_of(version: TemplateVersion) -> list[Content]:
    """The licenses that a new tenant made from `version` starts with; one query."""
    numbers = version.limits.get(Limit.NUMBERS.value) or 0
    counts = {PHONE_SYSTEM: version.max_extensions, NUMBER: numbers, **version.addons}
    skus = Sku.objects.filter(code__in=counts).order_by("position", "code").values_list("code", "name")
    return [Content(_licences(name, counts[code]), counts[code]) for code, name in skus]


def _licences(name: str, count: int) -> str:
    return ngettext("%(name)s license", "%(name)s licenses", count) % {"name": name}


def _names(told: list[tuple[type[models.Model], str]]) -> Iterator[str]:
    for place, (model, name) in enumerate(told):
        if name:
            held: Any = model._meta.get_field(name)  # noqa: SLF001
            column, table = held.column, model._meta.db_table  # noqa: SLF001
            yield (
                f'(SELECT {place}, "{column}"::text FROM {table} WHERE "{column}" <> \'\' '  # noqa: S608 - own names
                f'ORDER BY "{column}" LIMIT {MOST_NAMES})'
            )


def copied_models() -> Iterator[type[models.Model]]:
    """The tables whose rows a new tenant gets."""
    for model in tenant_models():
        travels = clone_of(model) in (Clone.ROWS, Clone.REGENERATE)
        if travels and not model._meta.auto_created and model._meta.app_label != "contenttypes":  # noqa: SLF001
            yield model
