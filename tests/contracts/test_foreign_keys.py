"""Tenant tables and shared tables are kept apart (ARCHITECTURE section 3)."""

from django.apps import apps
from django.conf import settings
from django.db import models

SHARED = {path.rsplit(".", 1)[-1] for path in settings.SHARED_APPS}
TENANT = {path.rsplit(".", 1)[-1] for path in settings.TENANT_APPS}


def app_of(model: type[models.Model]) -> str:
    return model._meta.app_config.name.rsplit(".", 1)[-1]


def references(model: type[models.Model]) -> list[models.ForeignKey]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]


def models_where(test) -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if test(app_of(model))]


def test_no_tenant_table_points_to_a_shared_only_table() -> None:
    wrong = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in models_where(TENANT.__contains__)
        for field in references(model)
        if app_of(field.related_model) not in TENANT
    ]

    assert wrong == []


def test_shared_tables_never_cascade_from_a_table_that_every_schema_has() -> None:
    # A user of a tenant may have the id of a user in public: deleting the one must not touch rows about the other.
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in models_where(lambda app: app in SHARED and app not in TENANT)
        for field in references(model)
        if app_of(field.related_model) in TENANT and field.remote_field.on_delete is not models.DO_NOTHING
    ]

    assert wrong == []


def test_the_check_sees_a_planted_fault() -> None:
    planted = models.ForeignKey("tenants.Tenant", models.CASCADE)
    planted.related_model = apps.get_model("tenants", "Tenant")

    assert app_of(planted.related_model) not in TENANT
