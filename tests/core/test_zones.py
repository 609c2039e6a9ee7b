"""Which time zone a country's people live in."""

from zoneinfo import ZoneInfo

import pytest
from django_countries import countries

from portal.core.zones import zone_of


@pytest.mark.parametrize(
    ("country", "zone"),
    [
        ("SG", "Asia/Singapore"),
        ("DE", "Europe/Berlin"),
        ("GB", "Europe/London"),
        ("US", "America/New_York"),
        ("AU", "Australia/Sydney"),
        ("", "UTC"),
        ("XX", "UTC"),
    ],
)
def test_a_country_leads_to_the_zone_of_most_of_its_people(country: str, zone: str) -> None:
    assert zone_of(country) == zone


def test_every_country_has_a_zone_that_exists() -> None:
    assert all(ZoneInfo(zone_of(code)) for code, _name in countries)
