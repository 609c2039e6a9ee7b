"""In which schema's log a change belongs."""

from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import models


@cache
def _apps_in_tenants() -> frozenset[str]:
    paths = set(settings.TENANT_APPS)
    return frozenset(config.label for config in apps.get_app_configs() if config.name in paths)


def lives_in_public(model: type[models.Model]) -> bool:
    """Whether the model's only table is the management instance's."""
    return model._meta.app_label not in _apps_in_tenants()
