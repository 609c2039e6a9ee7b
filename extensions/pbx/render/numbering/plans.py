"""Numbering plans: what `phonenumbers` knows of a country and of a calling code, under names of our own."""

from dataclasses import dataclass
from functools import cache

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberDesc
from phonenumbers.phonenumberutil import COUNTRY_CODE_TO_REGION_CODE

# Countries that have area codes although they have no prefix before them.
_AREAS_WITHOUT_PREFIX = frozenset({52})
_COSTLY = ("premium_rate", "shared_cost")
_OTHERS = ("toll_free", "voip", "personal_number", "pager", "uan", "voicemail")
_LINES = ("fixed_line", "mobile")
_CHEAP = ("standard_rate", "toll_free", "emergency")
_NO_COUNTRY = "001"


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of one country, or of a calling code that belongs to none. Patterns are those of the metadata."""

    region: str
    code: int
    metadata: PhoneMetadata

    @property
    def general(self) -> str:
        """What every valid number looks like."""
        return self.pattern("general_desc")

    @property
    def lengths(self) -> frozenset[int]:
        """How long valid numbers are."""
        return frozenset(_desc(self.metadata, "general_desc").possible_length)

    @property
    def lengths_in_area(self) -> frozenset[int]:
        """How long numbers are that are dialled without the area code."""
        return frozenset(_desc(self.metadata, "general_desc").possible_length_local_only)

    @property
    def has_areas(self) -> bool:
        """Whether numbers have area codes; else only those that begin with a zero (Italy)."""
        return self.metadata.national_prefix is not None or self.code in _AREAS_WITHOUT_PREFIX

    def pattern(self, kind: str) -> str:
        """The pattern of one kind of numbers, named as in the metadata; empty where there are none."""
        return _desc(self.metadata, kind).national_number_pattern or ""

    def patterns(self, *kinds: str) -> list[str]:
        """Those of several kinds, without the kinds that the country does not have."""
        return [found for kind in kinds if (found := self.pattern(kind))]

    @property
    def costly(self) -> list[str]:
        """Numbers that cost more than a call."""
        return self.patterns(*_COSTLY)

    @property
    def others(self) -> list[str]:
        """Valid numbers that are neither costly nor a line of somebody."""
        return self.patterns(*_OTHERS)

    @property
    def every_kind(self) -> list[str]:
        """All kinds: a number that fits none is not valid."""
        return self.patterns(*_LINES, *_OTHERS, *_COSTLY)


@dataclass(frozen=True, slots=True)
class ShortPlan:
    """The short numbers of a country. One that is neither costly nor cheap costs nobody knows what."""

    lengths: frozenset[int]
    valid: tuple[str, str]  # both must fit
    costly: tuple[str, ...]
    cheap: tuple[str, ...]


@cache
def codes() -> dict[int, tuple[str, ...]]:
    """Calling codes, each with its countries, the main one first; a code of no country has `001`."""
    return {code: tuple(regions) for code, regions in sorted(COUNTRY_CODE_TO_REGION_CODE.items())}


def plan_of(region: str, code: int = 0) -> Plan | None:
    """The plan of a country, or of the calling code where `region` is 001; None for a country without telephones."""
    if region == _NO_COUNTRY:
        metadata = PhoneMetadata.metadata_for_nongeo_region(code)
    else:
        metadata = PhoneMetadata.metadata_for_region(region) if region in phonenumbers.SUPPORTED_REGIONS else None
    return Plan(region, metadata.country_code or code, metadata) if metadata else None


def main_plan(code: int) -> Plan:
    """The plan by which numbers of a calling code are read."""
    plan = plan_of(codes()[code][0], code)
    if plan is None:
        raise KeyError(code)
    return plan


def short_plan(region: str) -> ShortPlan | None:
    """The plan of a country's short numbers."""
    metadata = PhoneMetadata.short_metadata_for_region(region)
    if metadata is None:
        return None

    def patterns(*kinds: str) -> tuple[str, ...]:
        return tuple(filter(None, (_desc(metadata, kind).national_number_pattern for kind in kinds)))

    general, code = patterns("general_desc", "short_code")
    lengths = frozenset(_desc(metadata, "general_desc").possible_length)
    return ShortPlan(lengths, (general, code), patterns("premium_rate"), patterns(*_CHEAP))


def _desc(metadata: PhoneMetadata, kind: str) -> PhoneNumberDesc:
    """A kind of numbers, one without numbers where the plan has none. Each kind has its lengths in its pattern."""
    found: PhoneNumberDesc | None = getattr(metadata, kind)
    return found or PhoneNumberDesc()
