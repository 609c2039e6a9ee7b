"""The platform's own values of inheritable settings: kept on its row, copied onto every tenant's (facts flow down)."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import JSONField, Value

from extensions.models import Level
from extensions.settings.registry import Setting, Shape, all_settings
from extensions.settings.resolve import Effective, Said, effective
from portal.audit.models import Verb
from portal.audit.sets import record_set
from portal.jobs.outbox import enqueue_each
from tenants.models import Platform, Tenant

CHANGED = "extensions.platform_changed"


def platform_settings() -> list[Setting]:
    """The settings that the platform can say something about."""
    found = [one for one in all_settings() if Level.PLATFORM in one.levels and one.shape is Shape.VALUE]
    # Forwards need targets, which only exist inside a tenant: templates bring them.
    return [one for one in found if not one.key.startswith("forward.")]


def platform_holding() -> dict[str, Effective]:
    """What the platform says about each of them."""
    stored = Platform.objects.get(pk=1).tenant_settings
    found = {}
    for one in platform_settings():
        said = stored.get(one.key)
        own = [Said(Level.PLATFORM, said.get("value"), bool(said.get("locked")))] if said else []
        found[one.key] = effective(one, own, at=Level.PLATFORM)
    return found


@transaction.atomic
def change_platform_settings(
    *, values: Mapping[str, Any], locks: Mapping[str, bool] | None = None, resets: Collection[str] = ()
) -> Platform:
    """Let the platform say `values` (by key), with `locks`, and nothing any more about `resets`.

    Every tenant's row is written by one statement; a tenant notices with its next request. Its configuration's version
    rises by a task in its own schema, recorded here: where a tenant is suspended, as soon as it goes on.
    """
    platform = Platform.objects.select_for_update().get(pk=1)
    stored = dict(platform.tenant_settings)
    for key, value in values.items():
        locked = (locks or {}).get(key, bool(stored.get(key, {}).get("locked")))
        stored[key] = {"value": value, "locked": locked}
    for key in resets:
        stored.pop(key, None)
    platform.tenant_settings = stored
    platform.save(update_fields=["tenant_settings"])
    tenants = Tenant.objects.exclude(platform_settings=stored)
    record_set(tenants, verb=Verb.PUT, changes={"platform_settings": Value(stored, JSONField())}, name="name")
    enqueue_each(CHANGED, schemas=tenants.customers().values_list("schema_name", flat=True))
    # audit: written above, from the same rows
    tenants.update(platform_settings=stored)
    return platform
