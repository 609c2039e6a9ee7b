"""A page declares the permission it needs, or it does not load."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from portal.core.pages import OpenPage, Page, wants_partial


def test_a_page_without_a_permission_does_not_load() -> None:
    with pytest.raises(ImproperlyConfigured, match="must declare a Perm"):
        type("Careless", (Page,), {})


def test_a_permission_that_is_only_a_word_does_not_count() -> None:
    with pytest.raises(ImproperlyConfigured):
        type("Careless", (Page,), {"permission": "extension:read"})


def test_an_open_page_says_why_it_is_open() -> None:
    with pytest.raises(ImproperlyConfigured, match="why it is open"):
        type("Careless", (OpenPage,), {})


@pytest.mark.parametrize(
    ("headers", "fragment"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_the_back_button_and_boosted_links_get_the_whole_page(headers: dict[str, str], fragment: bool) -> None:
    assert wants_partial(RequestFactory().get("/", headers=headers)) is fragment
