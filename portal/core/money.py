"""Money in whole minor units (cents), never in floating point.

An amount is an `int` of minor units beside its ISO 4217 currency; how many decimals a currency has is ISO's table.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.formats import number_format

_DECIMALS = {
    **dict.fromkeys(["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV"], 0),
    **dict.fromkeys(["XAF", "XOF", "XPF"], 0),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
}


def decimals(currency: str) -> int:
    """How many digits stand behind the point (ISO 4217): 2 for most, 0 for JPY, 3 for KWD."""
    return _DECIMALS.get(currency, 2)


def in_words(minor: int, currency: str) -> str:
    """“1,234.50 EUR”, with the signs of the language in use."""
    places = decimals(currency)
    amount = Decimal(minor).scaleb(-places)
    return (
        f"{number_format(amount, decimal_pos=places, use_l10n=True, force_grouping=True)}\N{NO-BREAK SPACE}{currency}"
    )


def share(minor: int, part: Fraction) -> int:
    """`part` of an amount, to the nearest minor unit, halves away from zero."""
    exact = Decimal(part.numerator * minor) / Decimal(part.denominator)
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
