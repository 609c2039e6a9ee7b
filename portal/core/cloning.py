"""How each table behaves when a template's schema becomes a tenant."""

from enum import StrEnum
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models


class Clone(StrEnum):
    """`clone` of a model in a tenant schema; a contract test asks every one of them.

    A model whose rows belong to people in part also says `clone_where`, an SQL condition for the rows that travel, and
    `clone_needs`, the names of nullable references without which a row means nothing and stays behind.
    """

    ROWS = "rows"  # copied with their ids; references to users become null
    EMPTY = "empty"  # people, sessions, history: never copied
    REGENERATE = "regenerate"  # copied, with secrets made anew for the new tenant


# Tables of libraries cannot declare it themselves.
LIBRARY_TABLES = {
    "contenttypes.ContentType": Clone.ROWS,
    "auth.Permission": Clone.EMPTY,
    "auth.Group": Clone.EMPTY,
    "sessions.Session": Clone.EMPTY,
    "account.EmailAddress": Clone.EMPTY,
    "account.EmailConfirmation": Clone.EMPTY,
    "mfa.Authenticator": Clone.EMPTY,
    "usersessions.UserSession": Clone.EMPTY,
    "axes.AccessAttempt": Clone.EMPTY,
    "axes.AccessLog": Clone.EMPTY,
    "axes.AccessFailureLog": Clone.EMPTY,
    "axes.AccessAttemptExpiration": Clone.EMPTY,
}


def tenant_models() -> list[type[models.Model]]:
    """Every concrete model with a table in the tenants' schemas, many-to-many tables included."""
    labels = {apps.get_app_config(_label(path)).label for path in settings.TENANT_APPS}
    found = apps.get_models(include_auto_created=True)
    ours = [model for model in found if model._meta.app_label in labels]
    return [model for model in ours if model._meta.managed and not model._meta.swapped]


def clone_of(model: type[models.Model]) -> Clone | None:
    """What the model declares, or None where nobody decided (the contract test fails then)."""
    owner: Any = model._meta.auto_created  # of a many-to-many table: the model that declares the field
    if owner:
        return clone_of(owner)
    return LIBRARY_TABLES.get(model._meta.label) or getattr(model, "clone", None)


def _label(path: str) -> str:
    return path.rsplit(".", 1)[-1]
