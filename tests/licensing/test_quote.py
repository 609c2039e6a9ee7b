"""What a purchase costs is known before it is made (INV-12)."""

from datetime import UTC, date, datetime

import pytest

from licensing.quote import quote_cancellation, quote_purchase


@pytest.mark.feature("INV-12")
def test_what_is_bought_in_the_middle_of_a_month_is_paid_from_that_day_with_the_month_after() -> None:
    quote = quote_purchase(quantity=10, unit=500, currency="EUR", at=datetime(2026, 11, 16, 23, 59, tzinfo=UTC))

    assert (quote.monthly, quote.rest, quote.next_invoice) == (5000, 2500, 7500)
    assert quote.on == date(2026, 12, 1)


@pytest.mark.feature("INV-12")
@pytest.mark.parametrize(
    ("at", "rest"),
    [
        (datetime(2026, 11, 1, tzinfo=UTC), 3000),
        (datetime(2026, 11, 30, tzinfo=UTC), 100),
        (datetime(2028, 2, 29, tzinfo=UTC), 103),
    ],
)
def test_the_day_itself_counts(at: datetime, rest: int) -> None:
    assert quote_purchase(quantity=1, unit=3000, currency="EUR", at=at).rest == rest


@pytest.mark.feature("INV-12")
def test_a_cancellation_gives_nothing_back_of_the_month_that_runs() -> None:
    quote = quote_cancellation(quantity=3, saved=1500, unit=500, currency="EUR", at=datetime(2026, 12, 31, tzinfo=UTC))

    assert (quote.rest, quote.next_invoice, quote.monthly, quote.on) == (0, -1500, -1500, date(2027, 1, 1))
