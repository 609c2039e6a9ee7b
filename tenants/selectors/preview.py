"""What a new tenant gets from a template: every object by name, with counts (TPL-07)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection, models
from django.utils.translation import gettext as _

from portal.audit.labels import table_of
from portal.core.cloning import Clone, clone_of, tenant_models
from tenants.door import inside
from tenants.limits import Limit
from tenants.models import Sku, TemplateVersion, Tenant
from tenants.skus import NUMBER, PHONE_SYSTEM

# The first of these columns that a table has is what people call its objects.
NAMES = ("name", "label", "number", "code", "key")
MOST_NAMES = 200


@dataclass(slots=True)
class Content:
    """One kind of object that a new tenant gets: how many, and up to MOST_NAMES of them by name."""

    label: str
    count: int
    names: list[str] = field(default_factory=list)

    @property
    def unnamed(self) -> int:
        return self.count - len(self.names)


def contents_of(schema: Tenant, *, named: bool = False) -> list[Content]:
    """What `schema`, a template's working copy or version, holds of every table that a new tenant gets.

    One query for the counts and, with `named`, one for the names.
    """
    copied = list(_copied())
    counts = [f"SELECT {place}, count(*) FROM {model._meta.db_table}" for place, model in enumerate(copied)]  # noqa: S608, SLF001
    with inside(schema), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counts) + " ORDER BY 1")
        found = [Content(_(table_of(copied[place])), count) for place, count in cursor.fetchall()]
        if named:
            cursor.execute(" UNION ALL ".join(_names(copied)))
            for place, name in cursor.fetchall():
                found[place].names.append(name)
    return found


def licences_of(version: TemplateVersion) -> list[Content]:
    """The licences that a new tenant made from `version` starts with; one query."""
    numbers = version.limits.get(Limit.NUMBERS.value) or 0
    counts = {PHONE_SYSTEM: version.max_extensions, NUMBER: numbers, **version.addons}
    skus = Sku.objects.filter(code__in=counts).order_by("position", "code").values_list("code", "name")
    return [Content(_("Licences: %(name)s") % {"name": name}, counts[code]) for code, name in skus]


def _names(copied: list[type[models.Model]]) -> Iterator[str]:
    for place, model in enumerate(copied):
        columns = {one.name: one.column for one in model._meta.local_concrete_fields}  # noqa: SLF001
        called = next((columns[name] for name in NAMES if name in columns), None)
        if called:
            table = model._meta.db_table  # noqa: SLF001
            yield f'(SELECT {place}, "{called}"::text FROM {table} ORDER BY "{called}" LIMIT {MOST_NAMES})'  # noqa: S608


def _copied() -> Iterator[type[models.Model]]:
    for model in tenant_models():
        travels = clone_of(model) in (Clone.ROWS, Clone.REGENERATE)
        if travels and not model._meta.auto_created and model._meta.app_label != "contenttypes":  # noqa: SLF001
            yield model
