"""Amounts are whole minor units, and shares of them lose nothing that people would miss."""

from fractions import Fraction

import pytest
from django.utils import translation

from portal.core.money import in_words, share


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [(123450, "EUR", "1,234.50 EUR"), (-5, "USD", "-0.05 USD"), (1200, "JPY", "1,200 JPY"), (1500, "KWD", "1.500 KWD")],
)
def test_an_amount_is_written_with_the_decimals_of_its_currency(minor: int, currency: str, words: str) -> None:
    with translation.override("en"):
        assert in_words(minor, currency).replace("\N{NO-BREAK SPACE}", " ") == words


@pytest.mark.parametrize(
    ("minor", "part", "expected"), [(100, (1, 3), 33), (5, (1, 2), 3), (-5, (1, 2), -3), (0, (1, 2), 0)]
)
def test_a_share_is_rounded_to_the_nearest_unit_and_halves_away_from_zero(
    minor: int, part: tuple[int, int], expected: int
) -> None:
    assert share(minor, Fraction(*part)) == expected
