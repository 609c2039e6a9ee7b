"""Tells mypy what django-tenants adds to a database connection while the program runs. Named in pyproject.toml."""

from collections.abc import Callable

from mypy.plugin import ClassDefContext, Plugin
from mypy.plugins.common import add_attribute_to_class
from mypy.types import AnyType, TypeOfAny

CONNECTION = "django.db.backends.base.base.BaseDatabaseWrapper"
ADDED = ("schema_name", "tenant", "set_schema", "set_schema_to_public", "set_tenant")


class TenantConnections(Plugin):
    """Adds the attributes, without a type, to Django's connection class."""

    def get_customize_class_mro_hook(self, fullname: str) -> Callable[[ClassDefContext], None] | None:
        return _add if fullname == CONNECTION else None


def _add(context: ClassDefContext) -> None:
    for name in ADDED:
        add_attribute_to_class(context.api, context.cls, name, AnyType(TypeOfAny.explicit))


def plugin(version: str) -> type[Plugin]:
    """Where mypy begins."""
    return TenantConnections
