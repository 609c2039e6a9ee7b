"""The dialplan decides about a dialled number as the portal does, worked out here by a reader of its own (CTL-06)."""

import phonenumbers
import pytest

from tests.extensions.pbx.numbering.deciding import company_in, differences, pbx
from tests.extensions.pbx.numbering.diallings import COUNTRIES, diallings, examples, short_examples

E164 = phonenumbers.PhoneNumberFormat.E164
LENGTHS = range(1, 19)


@pytest.mark.feature("CTL-06")
@pytest.mark.parametrize("country", COUNTRIES)
def test_whatever_is_dialled_means_the_same_to_both(country: str) -> None:
    company = company_in(country)

    assert differences(company, diallings(country, 60)) == []


@pytest.mark.feature("CTL-06")
@pytest.mark.parametrize("country", COUNTRIES)
def test_short_numbers_and_every_length_mean_the_same_to_both(country: str) -> None:
    company = company_in(country)
    some = next(examples(country), phonenumbers.parse("+4930123456"))
    code, national = some.country_code, phonenumbers.national_significant_number(some)
    lengths = [f"{prefix}{(national * 3)[:length]}" for length in LENGTHS for prefix in ("", "0", f"+{code}")]

    assert differences(company, [*filter(None, short_examples(country)), *lengths, "", "+", "0", "00", "+1"]) == []


@pytest.mark.long
@pytest.mark.feature("CTL-06")
def test_every_kind_of_number_of_every_country_means_the_same_to_both() -> None:
    numbers = [
        phonenumbers.format_number(one, E164)
        for region in sorted(phonenumbers.SUPPORTED_REGIONS)
        for one in examples(region)
    ]
    numbers += [
        phonenumbers.format_number(phonenumbers.example_number_for_non_geo_entity(code), E164)
        for code in phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS
    ]

    assert differences(company_in("DE"), numbers) == []
    assert len(numbers) > 1000


@pytest.mark.long
@pytest.mark.feature("CTL-06")
def test_every_country_reads_its_own_numbers_as_the_portal_does() -> None:
    found = {}
    for country in sorted(phonenumbers.SUPPORTED_REGIONS):
        prefix = phonenumbers.ndd_prefix_for_region(country, True) or ""
        numbers = [prefix + phonenumbers.national_significant_number(one) for one in examples(country)]
        found[country] = differences(company_in(country), numbers)

    assert {country: wrong for country, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "dialled",
    ['0301234" = "', "${SHELL(id)}", "030)1,2", "$[1/0]", "030;1", "030 123", "x", "030[1", '"', "\\", "030\n1", "٠٣٠"],
)
def test_nothing_but_digits_is_ever_looked_at(dialled: str) -> None:
    company = company_in("DE")
    digits = "".join(sign for sign in dialled if sign in "0123456789")

    assert pbx(company, dialled) == pbx(company, digits)
