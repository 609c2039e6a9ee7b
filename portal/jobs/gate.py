"""How the engine enters a schema. It knows no tenants: settings.TENANT_GATE names who does."""

from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

# How often work knocks again at a schema that is closed for now.
CLOSED_DELAY = timedelta(seconds=30)


class GateClosed(Exception):
    """Work may not run in this schema: unknown, suspended or ended.

    `later` says that it may soon (the tenant is still being created): the work is put off instead of refused.
    """

    def __init__(self, message: str, *, later: bool = False) -> None:
        super().__init__(message)
        self.later = later


class Gate(Protocol):
    """What the engine asks of the app that knows the tenants."""

    def enter(self, schema: str) -> AbstractContextManager[object]:
        """Activate `schema`, with its own database role, for the block. Raises GateClosed."""

    def ready_schemas(self) -> list[str]:
        """The schemas in which periodic work runs."""


def tenant_gate() -> Gate:
    """The gate that the settings name."""
    return import_string(settings.TENANT_GATE)()
