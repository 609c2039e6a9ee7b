"""What a dialled number means: emergency, feature code, speed dial, internal or outside number, and its class."""

from dataclasses import dataclass, replace
from enum import StrEnum

import phonenumbers
from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, PhoneNumberType, ShortNumberCost, shortnumberinfo

from extensions.models import CallClass, DialKind, Feature
from extensions.services.numbers import emergency_numbers
from extensions.snapshot.facts import Dialled, ExtensionFacts, Snapshot, SpeedDialFacts

# Codes after which a telephone dials on: a number, or a place in a list.
WITH_ARGUMENT = frozenset(
    {Feature.DIRECTED_PICKUP, Feature.FORWARD_ON, Feature.TEAM_LOGIN, Feature.STATUS, Feature.INTERCOM}
)
_COSTLY = frozenset({PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST})
_DIALLABLE = frozenset("0123456789*#")


class Kind(StrEnum):
    EMERGENCY = "emergency"
    FEATURE = "feature"
    INTERNAL = "internal"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Meaning:
    """`number` is what is called in the end: internal digits, or E.164, or as it was dialled where it is neither."""

    kind: Kind
    number: str
    call_class: CallClass
    country: str = ""  # ISO 3166, of outside numbers
    owner: Dialled | None = None
    feature: Feature | None = None
    argument: str = ""
    speed_dial: SpeedDialFacts | None = None


def bare(dialled: str) -> str:
    """`dialled` as a telephone sends it: digits, stars and hashes, with a leading plus where there was one."""
    text = dialled.strip()
    kept = "".join(sign for sign in text if sign in _DIALLABLE)
    return f"+{kept}" if text.startswith("+") else kept


def is_emergency(snapshot: Snapshot, dialled: str) -> bool:
    """Whether this reaches helpers: our own list, and what the country's numbering plan names besides."""
    text = bare(dialled)
    if text in emergency_numbers(snapshot.country):
        return True
    return text not in snapshot.numbers and shortnumberinfo.is_emergency_number(text, snapshot.country)


def meaning_of(snapshot: Snapshot, dialled: str, extension: ExtensionFacts | None = None) -> Meaning:
    """What `dialled` means to `extension` (whose own speed dials count), or to a caller from outside."""
    text = bare(dialled)
    if is_emergency(snapshot, text):
        return Meaning(Kind.EMERGENCY, text, CallClass.EMERGENCY)
    if extension is not None and text.startswith("*"):
        return _star(snapshot, text, extension)
    return _number(snapshot, text)


def classify(number: str, *, country: str, ani: str = "") -> CallClass:
    """The class of an E.164 `number` for a company in `country`; `ani` says which area is local."""
    try:
        parsed = phonenumbers.parse(number, None)
    except NumberParseException:
        return CallClass.INTERNATIONAL
    kind = phonenumbers.number_type(parsed)
    if kind in _COSTLY:
        return CallClass.PREMIUM
    if _region(parsed, country) != country:
        return CallClass.INTERNATIONAL
    if kind == PhoneNumberType.MOBILE:
        return CallClass.MOBILE
    return CallClass.LOCAL if _same_area(parsed, ani) else CallClass.NATIONAL


def country_of(number: str, *, country: str) -> str:
    """The ISO code of the country that an E.164 `number` belongs to; `country` where several share a code."""
    try:
        return _region(phonenumbers.parse(number, None), country)
    except NumberParseException:
        return ""


def _star(snapshot: Snapshot, text: str, extension: ExtensionFacts) -> Meaning:
    feature = snapshot.features.get(text)
    if feature is not None:
        return Meaning(Kind.FEATURE, text, CallClass.INTERNAL, feature=feature)
    own = next((dial for dial in extension.speed_dials if dial.code == text), None)
    speed_dial = own or snapshot.speed_dials.get(text)
    if speed_dial is not None:
        return replace(_number(snapshot, speed_dial.number), speed_dial=speed_dial)
    codes = sorted((code for code in snapshot.features if text.startswith(code)), key=len, reverse=True)
    for code in codes:
        if snapshot.features[code] in WITH_ARGUMENT:
            found = snapshot.features[code]
            return Meaning(Kind.FEATURE, text, CallClass.INTERNAL, feature=found, argument=text.removeprefix(code))
    return Meaning(Kind.UNKNOWN, text, CallClass.INTERNAL)


def _number(snapshot: Snapshot, text: str) -> Meaning:
    owner = snapshot.numbers.get(text)
    if owner is not None and owner.kind is not DialKind.FEATURE:
        return Meaning(Kind.INTERNAL, text, CallClass.INTERNAL, owner=owner)
    if not text.removeprefix("+").isdigit():
        return Meaning(Kind.UNKNOWN, text, CallClass.INTERNAL)
    try:
        parsed = phonenumbers.parse(text, snapshot.country or None)
    except NumberParseException:
        return Meaning(Kind.UNKNOWN, text, CallClass.INTERNAL)
    if phonenumbers.is_possible_number(parsed) and not _is_short(text, snapshot.country):
        number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
        own = country_of(number, country=snapshot.country)
        return Meaning(Kind.OUTSIDE, number, classify(number, country=snapshot.country, ani=snapshot.ani), country=own)
    return _short(parsed, text, snapshot.country)


def _is_short(text: str, country: str) -> bool:
    if not text.isdigit() or text.startswith("0"):
        return False
    parsed = phonenumbers.PhoneNumber(
        country_code=phonenumbers.country_code_for_region(country), national_number=int(text)
    )
    return shortnumberinfo.is_valid_short_number_for_region(parsed, country)


def _short(parsed: phonenumbers.PhoneNumber, text: str, country: str) -> Meaning:
    """A short number of the country (directory enquiries, services): national, or premium where it costs more."""
    if not (country and shortnumberinfo.is_valid_short_number_for_region(parsed, country)):
        return Meaning(Kind.UNKNOWN, text, CallClass.INTERNAL)
    cost = shortnumberinfo.expected_cost_for_region(parsed, country)
    costly = cost in (ShortNumberCost.PREMIUM_RATE, ShortNumberCost.UNKNOWN_COST)
    return Meaning(Kind.OUTSIDE, text, CallClass.PREMIUM if costly else CallClass.NATIONAL, country=country)


def _region(parsed: phonenumbers.PhoneNumber, country: str) -> str:
    """Its country; for a number that no plan knows, the company's own if the country code is the same."""
    found = phonenumbers.region_code_for_number(parsed)
    if found is None and phonenumbers.country_code_for_region(country) == parsed.country_code:
        return country
    return found or ""


def _same_area(parsed: phonenumbers.PhoneNumber, ani: str) -> bool:
    """Whether both stand in one area; a country without area codes is one area for its fixed lines."""
    if phonenumbers.number_type(parsed) not in (PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE):
        return False
    digits = phonenumbers.length_of_geographical_area_code(parsed)
    try:
        own = phonenumbers.parse(ani, None)
    except NumberParseException:
        return False
    if own.country_code != parsed.country_code or phonenumbers.length_of_geographical_area_code(own) != digits:
        return False
    significant = phonenumbers.national_significant_number
    return significant(parsed)[:digits] == significant(own)[:digits]


def class_words(meaning: Meaning) -> str:
    """What kind of call it is, in words; nothing that can be called where it is unknown."""
    return _("Not a number that can be called") if meaning.kind is Kind.UNKNOWN else str(meaning.call_class.label)
