"""Which time zone a country's people live in."""

from functools import cache
from importlib.resources import files

# Countries with several zones whose list does not begin with the one where most people live (IANA, zone.tab).
_MOST_PEOPLE = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "KZ": "Asia/Almaty",
    "MN": "Asia/Ulaanbaatar",
    "RU": "Europe/Moscow",
}


def zone_of(country: str) -> str:
    """The IANA zone of `country` (ISO 3166, two letters) where most of its people live; UTC where none is known."""
    return _MOST_PEOPLE.get(country) or _first_zones().get(country, "UTC")


@cache
def _first_zones() -> dict[str, str]:
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _place, zone, *_comment = line.split("\t")
            found.setdefault(country, zone)
    return found
