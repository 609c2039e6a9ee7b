"""Every field for an e-mail address fits its column: too long is told beside the field, not by the database."""

from django import forms
from django.urls import get_resolver

from portal.core.forms import PortalForm
from portal.sites import urls_management, urls_tenant


def _all_forms(base: type[forms.Form]) -> set[type[forms.Form]]:
    return {base, *(form for child in base.__subclasses__() for form in _all_forms(child))}


def test_mail_addresses_are_at_most_254_characters_long() -> None:
    for urls in (urls_management, urls_tenant):
        assert get_resolver(urls.__name__).url_patterns  # loads every page, and with the pages their forms

    too_long = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in _all_forms(PortalForm)
        if not form.__module__.startswith(("test_", "tests."))  # forms that tests of forms declare have no column
        for name, field in form.base_fields.items()
        if isinstance(field, forms.EmailField) and (field.max_length is None or field.max_length > 254)
    ]

    assert too_long == []
