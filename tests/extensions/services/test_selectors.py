"""Reads of the telephone system."""

from collections.abc import Callable

import pytest

from extensions.models import Extension
from extensions.selectors import next_free_number, usage
from tenants.models import Tenant


@pytest.mark.feature("EXT-01")
def test_the_smallest_free_number_from_101_on_is_proposed(create: Callable[..., Extension]) -> None:
    create("102")
    create("104")

    assert next_free_number() == "103"


def test_usage_counts_all_and_shows_the_newest(create: Callable[..., Extension]) -> None:
    for number in range(102, 110):
        create(str(number))

    found = usage(newest=3)

    assert found.used == 9
    assert found.limit == 50
    assert len(found.latest) == 3


def test_usage_of_nothing_is_zero(inside_alpha: Tenant) -> None:
    Extension.objects.all().delete()

    assert usage().used == 0
