"""Patterns of the metadata become POSIX, and what the renderer takes for granted of them is so."""

from collections.abc import Iterator
from itertools import product

import phonenumbers
import pytest
from phonenumbers import PhoneMetadata, PhoneNumberDesc

from extensions.pbx.formats.values import NotEmittable
from extensions.pbx.render.numbering import area_of, number_call, render_numbering
from extensions.pbx.render.numbering.patterns import Choice, Digit, Group, Pattern, Repeat, Row
from extensions.pbx.render.numbering.plans import codes
from extensions.pbx.render.numbering.prefixes import shapes
from extensions.pbx.render.numbering.reading import NotReadable, read

KINDS = ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager", "uan")
KINDS += ("voicemail", "short_code", "standard_rate")
REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
LONGEST_LINE = 4000


def plans() -> Iterator[PhoneMetadata]:
    """Every plan there is: of countries, of codes without a country, of short numbers."""
    for code, regions in codes().items():
        for region in regions:
            yield PhoneMetadata.metadata_for_region_or_calling_code(code, region)
            short = PhoneMetadata.short_metadata_for_region(region)
            if short is not None:
                yield short


def kinds_of(plan: PhoneMetadata) -> Iterator[PhoneNumberDesc]:
    """The kinds of numbers that the plan has."""
    for name in KINDS:
        kind = getattr(plan, name)
        if kind is not None and kind.national_number_pattern:
            yield kind


@pytest.mark.parametrize(
    "pattern", [r"(?!0)\d", r"\d+", r"1*", r"[^0]", r"\D", "a", "^1", r"(1)\1", "1{2,}", "(1", r"1\s", "(?=1)1", "1)"]
)
def test_a_pattern_that_no_plan_used_until_now_is_refused(pattern: str) -> None:
    with pytest.raises(NotReadable):
        read(pattern)


@pytest.mark.parametrize(
    ("pattern", "posix"),
    [
        (r"\d\d?", "[0-9][0-9]?"),
        (r"(?:1|[368]\d|4[0-8])\d{3,13}", "(1|[368][0-9]|4[0-8])[0-9]{3,13}"),
        (r"([25-9]\d{5})$|0|180020", "([25-9][0-9]{5})$|0|180020"),
        (r"0(?:30|5[09]|[126-9]?)", "0(30|5[09]|[126-9]?)"),
        (r"[13]{2}(?:45)?", "[13]{2}(45)?"),
    ],
)
def test_a_pattern_is_written_as_posix(pattern: str, posix: str) -> None:
    assert read(pattern).posix() == posix


def test_a_kind_of_numbers_has_only_lengths_that_its_plan_lists() -> None:
    wrong = [
        kind.national_number_pattern
        for plan in plans()
        for kind in kinds_of(plan)
        if not lengths_of(read(kind.national_number_pattern))
        <= set(kind.possible_length)
        <= set(plan.general_desc.possible_length)
    ]

    assert wrong == []


def lengths_of(pattern: Pattern) -> set[int]:
    """How long numbers can be that fit the pattern."""
    match pattern:
        case Row(parts):
            return {sum(lengths) for lengths in product(*map(lengths_of, parts))}
        case Choice(options):
            return set().union(*map(lengths_of, options))
        case Repeat(part, least, most):
            return set().union(*(lengths_of(Row((part,) * times)) for times in range(least, most + 1)))
        case Group(_, part):
            return lengths_of(part)
    return {1} if isinstance(pattern, Digit) else {0}


@pytest.mark.parametrize(
    ("region", "lengths"),
    [("DE", [2]), ("HK", [4, 3, 2]), ("CO", [5, 3]), ("SG", [3]), ("FI", [2, 3, 5]), ("CL", [2, 4])],
)
def test_international_prefixes_are_asked_by_length(region: str, lengths: list[int]) -> None:
    prefix = PhoneMetadata.metadata_for_region(region).international_prefix

    assert [shape.length for shape in shapes(prefix)] == lengths


def test_a_rule_that_rewrites_must_use_the_last_group() -> None:
    with pytest.raises(ValueError, match="last group"):
        shapes(r"0(1)(2)", r"9\1")


@pytest.mark.parametrize(
    ("ani", "country", "area"),
    [
        ("+4930123456", "DE", "x30"),
        ("+12125551234", "US", "x212"),
        ("+14165551234", "US", "x416"),
        ("+6561234567", "SG", "x"),
        ("+4915123456789", "DE", "x"),
        ("+390612345678", "IT", "x06"),
        ("+4930123456", "FR", ""),
        ("", "DE", ""),
        ("030123456", "DE", ""),
    ],
)
def test_a_company_has_an_area(ani: str, country: str, area: str) -> None:
    assert area_of(ani, country) == area
    assert number_call("1", country=country, ani=ani) == f"Gosub(tl-number-{country},s,1(1,{area}))"


def test_every_country_and_the_world_can_be_written() -> None:
    files = render_numbering([*REGIONS, "AQ", ""])

    assert sorted(files) == sorted(["numbering.conf", *(f"numbering-{name}.conf" for name in (*REGIONS, "AQ", "ZZ"))])
    assert max(len(line) for text in files.values() for line in text.splitlines()) < LONGEST_LINE
    assert files == render_numbering([*REGIONS, "AQ", ""])
    assert len(files["numbering.conf"]) < 400_000


@pytest.mark.parametrize("country", ["de", "DEU", "D]", "D\n", "../", "1A"])
def test_only_a_country_becomes_a_file(country: str) -> None:
    with pytest.raises(NotEmittable):
        render_numbering([country])
