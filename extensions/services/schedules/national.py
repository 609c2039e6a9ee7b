"""Public holidays of a country or region, with the days on which they are observed (SCH-08)."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_countries import countries

from extensions.services.schedules.draft import LONGEST, SHORTEST, HolidayDraft
from portal.core.errors import DomainError

_ENGLISH = "en_US"


class UnknownRegion(DomainError):
    """No public holidays are known for this country or region."""


@cache
def _library() -> Any:
    # Loaded when somebody asks: every other process would pay 55 ms at its start for nothing.
    return import_module("holidays")


@cache
def _regions() -> dict[str, list[str]]:
    known: dict[str, list[str]] = _library().list_supported_countries(include_aliases=False)
    return known


def countries_with_holidays() -> list[tuple[str, str]]:
    """(code, name) of every country whose public holidays are known, by name."""
    named = [(code, str(countries.name(code))) for code in _regions()]
    return sorted(((code, name) for code, name in named if name), key=lambda pair: pair[1].casefold())


def regions_of(country: str) -> list[tuple[str, str]]:
    """(code, name) of the regions of a country, by name; empty where there are none."""
    codes = _regions().get(country, [])
    if not codes:
        return []
    names = {code: name for name, code in getattr(_library(), country).subdivisions_aliases.items()}
    found = [(code, f"{names[code]} ({code})" if code in names else code) for code in codes]
    return sorted(found, key=lambda pair: pair[1].casefold())


def national_holidays(*, country: str, region: str, years: Collection[int]) -> list[HolidayDraft]:
    """Each public holiday of these years as a one-off day named with its year, by date.

    Where a holiday is observed on another day, both days are there. Names are in the reader's language if the country's
    are, else in English, else in its own. Raises UnknownRegion on `country` or `region`.
    """
    if country not in _regions():
        raise UnknownRegion(_("No public holidays are known for this country."), field="country")
    if region and region not in _regions()[country]:
        raise UnknownRegion(_("This country has no such region."), field="region")
    given = {"years": list(years), "observed": True, "language": _language(country)}
    found = _library().country_holidays(country, subdiv=region or None, **given)
    days = [(day, name) for day in sorted(found) if day.year in years for name in found.get_list(day)]
    return [HolidayDraft(name=name, first_day=day) for day, name in _named(days)]


def _language(country: str) -> str | None:
    offered = getattr(_library(), country).supported_languages
    wanted = (get_language() or "en").replace("-", "_")
    for language in offered:
        if language.split("_")[0] == wanted.split("_")[0] != "en":
            return str(language)
    return _ENGLISH if _ENGLISH in offered else None


def _named(days: Iterable[tuple[date, str]]) -> Iterable[tuple[date, str]]:
    """Each with its year, short enough, and never twice the same: the second is told by its date."""
    seen: set[str] = set()
    for day, name in days:
        year = f" {day.year}"
        shown = f"{name[: LONGEST - len(year)].rstrip()}{year}".rjust(SHORTEST)
        if shown.lower() in seen:
            exact = f" {day.isoformat()}"
            shown = f"{name[: LONGEST - len(exact)].rstrip()}{exact}"
        if shown.lower() not in seen:
            seen.add(shown.lower())
            yield day, shown
