"""Every word that a person reads can be translated (WLB-02)."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import django_filters
import pytest
from django import forms
from django.apps import apps
from django.utils.functional import Promise
from timezone_field import TimeZoneField

from portal.core.forms import PortalForm
from portal.core.tables import PortalTable
from tests.contracts.project import APPS

# Fields that travel with a form and are never shown: what a list looks like, and the trap for robots.
NEVER_SHOWN = {"SavedViewForm.page", "SavedViewForm.query", "EmailForm.website"}


def modules() -> Iterator[ModuleType]:
    """Every module of ours that holds forms, tables or filters."""
    for name in APPS:
        package = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            if {"forms", "tables", "filters"} & set(found.name.split(".")):
                yield importlib.import_module(found.name)


def subclasses(base: type) -> set[type]:
    list(modules())
    below = set(base.__subclasses__())
    found = below | {deeper for one in below for deeper in subclasses(one)}
    return {one for one in found if one.__module__.split(".")[0] in APPS}


@pytest.mark.feature("WLB-02")
def test_every_column_has_a_translatable_heading() -> None:
    bare = [
        f"{table.__qualname__}.{key}"
        for table in subclasses(PortalTable)
        for key, column in table.base_columns.items()
        if not isinstance(column.verbose_name, Promise)
    ]

    assert bare == []


@pytest.mark.feature("WLB-02")
def test_every_field_of_a_form_has_a_translatable_label() -> None:
    bare = []
    for form in subclasses(PortalForm):
        for name, field in form.base_fields.items():
            hidden = isinstance(field.widget, forms.HiddenInput)
            texts = [field.label, field.help_text] if field.help_text else [field.label]
            if not hidden and not all(isinstance(text, Promise) for text in texts):
                bare.append(f"{form.__qualname__}.{name}")

    assert set(bare) - NEVER_SHOWN == set()


@pytest.mark.feature("WLB-02")
def test_every_filter_has_a_translatable_label() -> None:
    bare = [
        f"{found.__qualname__}.{name}"
        for found in subclasses(django_filters.FilterSet)
        for name, one in found.base_filters.items()
        if not isinstance(one.extra.get("label", one.label), Promise)
    ]

    assert bare == []


@pytest.mark.feature("WLB-02")
def test_every_choice_that_a_model_offers_is_translatable() -> None:
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in APPS]
    bare = [
        f"{model._meta.label}.{field.name}: {label}"
        for model in ours
        for field in model._meta.concrete_fields
        if not isinstance(field, TimeZoneField)  # names of the IANA database
        for _value, label in field.choices or []
        if not isinstance(label, Promise)
    ]

    assert bare == []
