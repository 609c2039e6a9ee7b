"""Every table of a tenant says what becomes of it when a template is cloned."""

from django.db import models

from portal.accounts.models import User
from portal.core.cloning import Clone, clone_of, tenant_models
from portal.core.crypto import EncryptedTextField

COPIED = (Clone.ROWS, Clone.REGENERATE)


def references(model: type[models.Model]) -> list[models.ForeignKey]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]


def test_every_model_declares_how_it_is_cloned() -> None:
    silent = [model._meta.label for model in tenant_models() if clone_of(model) is None]

    assert silent == []


def test_copied_rows_can_lose_their_user() -> None:
    stuck = [
        f"{model._meta.label}.{field.name}"
        for model in tenant_models()
        if clone_of(model) in COPIED
        for field in references(model)
        if field.related_model is User and not field.null
    ]

    assert stuck == []


def test_copied_rows_never_need_a_row_that_is_not_copied() -> None:
    dangling = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in tenant_models()
        if clone_of(model) in COPIED
        for field in references(model)
        if clone_of(field.related_model) is Clone.EMPTY and not field.null
    ]

    assert dangling == []


def test_secrets_are_never_copied_as_they_are() -> None:
    leaking = [
        model._meta.label
        for model in tenant_models()
        if clone_of(model) is Clone.ROWS
        and any(isinstance(field, EncryptedTextField) for field in model._meta.concrete_fields)
    ]

    assert leaking == []
