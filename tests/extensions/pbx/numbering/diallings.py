"""Numbers as people dial them, and as they should not: made from the examples of every plan, the same at each run."""

import random
from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumber, ShortNumberCost, shortnumberinfo
from phonenumbers.shortnumberinfo import _example_short_number, _example_short_number_for_cost

from extensions.pbx.render.numbering.plans import codes
from extensions.pbx.render.numbering.reading import read

DIGITS = "0123456789"
KINDS = range(11)  # of PhoneNumberType
# Shared calling codes, rewriting prefixes, leading zeros, several international prefixes, closed plans, own emergency
# lists, no short numbers, and two countries without a plan.
COUNTRIES = ("DE", "US", "CA", "AG", "GB", "GG", "IT", "VA", "AR", "BR", "AU", "CX", "RU", "KZ", "NO", "SJ", "SG", "HK")
COUNTRIES += ("FR", "GP", "YT", "JP", "FI", "AX", "CL", "MX", "DK", "GQ", "BY", "CN", "AQ", "ZZ")


def examples(region: str) -> Iterator[PhoneNumber]:
    """One number of each kind that the region has."""
    for kind in KINDS:
        found = phonenumbers.example_number_for_type(region, kind)
        if found is not None:
            yield found


def short_examples(region: str) -> Iterator[str]:
    """A short number of the region, and one of each cost."""
    if region in shortnumberinfo.SUPPORTED_SHORT_REGIONS:
        yield _example_short_number(region)
        for cost in (ShortNumberCost.TOLL_FREE, ShortNumberCost.STANDARD_RATE, ShortNumberCost.PREMIUM_RATE):
            yield _example_short_number_for_cost(region, cost)


def diallings(country: str, count: int, seed: int = 1) -> Iterator[str]:
    """`count` diallings in a country: its own numbers and foreign ones in every form, right, nearly right and wrong."""
    chance = random.Random(f"{country}{seed}")  # noqa: S311 - nothing secret
    known = sorted(phonenumbers.SUPPORTED_REGIONS)
    for _ in range(count):
        home = country in phonenumbers.SUPPORTED_REGIONS and chance.random() < 0.5
        shown = chance.choice([*examples(country if home else chance.choice(known))])
        national = _changed(chance, phonenumbers.national_significant_number(shown))
        yield _written(chance, country, shown.country_code, national)


def _changed(chance: random.Random, national: str) -> str:
    """The number, or one with other, more, fewer or only random digits."""
    how = chance.random()
    if how < 0.3:
        return national[:-3] + _some(chance, 3)
    if how < 0.5:
        return national[: chance.randint(1, len(national))] + _some(chance, chance.randint(0, 6))
    return _some(chance, chance.randint(1, 13)) if how < 0.6 else national


def _written(chance: random.Random, country: str, code: int, national: str) -> str:
    """The number as somebody in `country` may dial it."""
    plan = PhoneMetadata.metadata_for_region(country) if country in phonenumbers.SUPPORTED_REGIONS else None
    prefix = (plan and plan.national_prefix) or ""
    ways = list(read((plan and plan.international_prefix) or "00").ways())
    abroad = "".join(chance.choice(places) for places in chance.choice(ways).places)
    own, some_code = plan.country_code if plan else "", chance.choice(list(codes()))
    forms = [prefix + national] * 6 + [national] * 2 + [f"{abroad}{code}{national}"] * 2 + [f"+{code}{national}"] * 2
    forms += [f"{code}{national}", f"{own}{national}", f"{own}{prefix}{national}", f"+{abroad}{code}{national}"]
    forms += [f"+{code}{prefix}{national}", f"+{some_code}{national}", _some(chance, chance.randint(0, 6))]
    forms += [chance.choice(("", "+", "0", "00", "1", "8")) + _some(chance, chance.randint(0, 19))]
    forms += ["".join(chance.choice(DIGITS + "+*#") for _ in range(chance.randint(0, 12)))]
    return chance.choice(forms)


def _some(chance: random.Random, count: int) -> str:
    return "".join(chance.choice(DIGITS) for _ in range(count))
