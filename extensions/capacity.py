"""Who says whether a tenant may have more: asked inside the transaction of whoever creates something (TEN-06).

Settings name the implementation (`EXTENSION_CAPACITY`), because licensing stands above this app.
"""

from typing import Protocol

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from extensions.models import Extension
from portal.core.errors import DomainError
from tenants.models import TenantKind

EXTENSION = "extension"


class LimitReached(DomainError):
    """The tenant has as many as it may have."""


class NotInATemplate(DomainError):
    """Service templates hold settings only."""


class Capacity(Protocol):
    """Both run in the caller's transaction and hold their lock until it ends."""

    def take(self, sku: str, n: int) -> None:
        """Reserve `n` of `sku`. Raises a DomainError when there are not enough."""

    def give_back(self, sku: str, n: int) -> None:
        """Return `n` of `sku`."""


class OwnLimit:
    """The tenant's own limit, copied from its template; 0 means none. What exists is what is used."""

    def take(self, sku: str, n: int) -> None:
        """Raises LimitReached, or NotInATemplate in a template's working copy."""
        tenant = connection.tenant
        if tenant.kind != TenantKind.CUSTOMER:
            raise NotInATemplate(
                _("A service template holds settings only. Create extensions in a tenant made from it.")
            )
        _lock(sku)
        used, limit = Extension.objects.count(), tenant.max_extensions
        if used + n > limit:
            raise LimitReached(
                _("You may have %(limit)d extensions, and %(used)d exist. Ask your provider for more.")
                % {"limit": limit, "used": used}
            )

    def give_back(self, sku: str, n: int) -> None:
        """Nothing is kept beside the rows themselves."""


def capacity() -> Capacity:
    """The implementation that settings name."""
    return import_string(settings.EXTENSION_CAPACITY)()


def _lock(sku: str) -> None:
    # Counting sees only what others have committed, so whoever counts goes alone, tenant by tenant, until its commit.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('capacity'), hashtext(%s))", [f"{connection.schema_name}:{sku}"]
        )
