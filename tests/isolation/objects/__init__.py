"""Objects of the telephone system for the access matrix: one module for each topic, found by itself.

Each module has `values()`, called inside a tenant, which makes what is missing and returns
{(start of the URL's name, argument): value}. Texts of objects hold the tenant's marker (tests.world.MARKERS).
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any


def values() -> dict[tuple[str, str], Any]:
    """What every topic has to offer, in the active tenant."""
    found: dict[tuple[str, str], Any] = {}
    for module in iter_modules(__path__):
        found |= import_module(f"{__name__}.{module.name}").values()
    return found
