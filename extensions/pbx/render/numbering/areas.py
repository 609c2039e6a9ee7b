"""Area codes: which numbers are local calls for a company."""

import re

import phonenumbers
from phonenumbers import NumberFormat, NumberParseException

from extensions.pbx.formats.dialplan import Exten
from extensions.pbx.render.numbering.conditions import begins, has_prefix, length_is
from extensions.pbx.render.numbering.plans import Plan, main_plan
from extensions.pbx.render.numbering.reading import read

_GROUPS = re.compile(r"\\(\d)")


def area_of(ani: str, country: str) -> str:
    """The area of a company's number: x and its code, x alone in a country without codes, nothing where no call is
    local. What `tl-number-<country>` takes as its second argument."""
    try:
        parsed = phonenumbers.parse(ani, None)
    except NumberParseException:
        return ""
    if phonenumbers.country_code_for_region(country) != parsed.country_code:
        return ""
    length = phonenumbers.length_of_geographical_area_code(parsed)
    return "x" + phonenumbers.national_significant_number(parsed)[:length]


def in_area(variable: str, area: str) -> str:
    """Whether the number begins with the code of the area that the variable `area` holds."""
    return f'$["x${{{variable}:0:{_digits(area)}}}" = "${{{area}}}"]'


def add_area_length(steps: Exten, plan: Plan, *, here: str, elsewhere: str) -> None:
    """Go to `here` where the code of TL_N, a fixed line of this country, is as long as that of ARG2, or `elsewhere`."""
    if not plan.has_areas:
        steps.do(f"GotoIf({has_prefix('TL_N', '0')}?:area0)")
    lengths = {0}
    for one in _formats(plan):
        lengths.add(_digits_of(one))
        steps.do(f"GotoIf({_fits(one)}?area{_digits_of(one)})")
    for length in sorted(lengths):
        steps.do(f"GotoIf($[{_digits('ARG2')} = {length}]?{here}:{elsewhere})", label=f"area{length}")


def _digits(area: str) -> str:
    return f"$[${{LEN(${{{area}}})}} - 1]"


def _formats(plan: Plan) -> list[NumberFormat]:
    """How numbers of the calling code are written abroad; the first format that fits shows the area code."""
    metadata = main_plan(plan.code).metadata
    return list(metadata.intl_number_format or metadata.number_format)


def _digits_of(one: NumberFormat) -> int:
    """How long the first group is that this format writes; 0 where it writes one group only."""
    written = [part for part in re.split(r"\D+", _GROUPS.sub("0", one.format or "")) if part]
    if len(written) < 2:
        return 0
    first = {way.groups[0][2] for way in read(one.pattern or "").ways()}
    if len(first) != 1 or not (one.format or "").startswith("\\1"):
        raise ValueError(f"{one.pattern} has no fixed area code")
    return first.pop()


def _fits(one: NumberFormat) -> str:
    lengths = length_is("TL_N", (len(way.places) for way in read(one.pattern or "").ways()))
    if not one.leading_digits_pattern:
        return lengths
    return f"$[{begins('TL_N', one.leading_digits_pattern[-1])} & ({lengths[2:-1]})]"
