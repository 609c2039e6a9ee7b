"""What a purchase or a cancellation costs, before anybody agrees to it (INV-12).

Licences are paid by the calendar month (UTC), in advance, on the invoice of the 1st. What is bought in the middle of a
month is paid from that day on, together with the month that follows; what is cancelled is paid to the end of its month.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from portal.core.money import share


@dataclass(frozen=True, slots=True)
class Quote:
    """Amounts in minor units of `currency`; of a cancellation they are negative or nought.

    `unit` a licence and month, `rest` from today to the end of this month, `next_invoice` what is added to the invoice
    of the day `on`, `monthly` what is added to every invoice after that one.
    """

    quantity: int
    currency: str
    unit: int
    rest: int
    next_invoice: int
    monthly: int
    on: date

    @property
    def seal(self) -> str:
        """Stands for exactly these amounts: what somebody agrees to, and what is looked at again when they do."""
        return f"{self.quantity}-{self.currency}-{self.unit}-{self.next_invoice}-{self.on:%Y%m%d}"


def quote_purchase(*, quantity: int, unit: int, currency: str, at: datetime) -> Quote:
    """What `quantity` more licences of `unit` minor units a month cost when bought at `at` (aware)."""
    monthly = quantity * unit
    rest = share(monthly, rest_of_month(at))
    return Quote(quantity, currency, unit, rest, rest + monthly, monthly, next_month(at))


def quote_cancellation(*, quantity: int, saved: int, unit: int, currency: str, at: datetime) -> Quote:
    """What giving `quantity` back saves: nothing of the month that runs, `saved` minor units of every one after it."""
    return Quote(quantity, currency, unit, 0, -saved, -saved, next_month(at))


def rest_of_month(at: datetime) -> Fraction:
    """Which part of its month is left, the day itself included: 16/30 on 15 November."""
    today = at.astimezone(UTC).date()
    days = (next_month(at) - today.replace(day=1)).days
    return Fraction(days - today.day + 1, days)


def next_month(at: datetime) -> date:
    """The first day of the month after `at`."""
    return (at.astimezone(UTC).date().replace(day=1) + timedelta(days=32)).replace(day=1)
