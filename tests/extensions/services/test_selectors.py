"""Reads of the telephone system."""

from collections.abc import Callable

import pytest

from extensions.models import Extension
from extensions.selectors import next_free_number


@pytest.mark.feature("EXT-01")
def test_the_smallest_free_number_from_101_on_is_proposed(create: Callable[..., Extension]) -> None:
    create("102")
    create("104")

    assert next_free_number() == "103"
