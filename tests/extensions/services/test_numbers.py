"""Which numbers always reach help."""

from extensions.services.numbers import emergency_numbers


def test_a_company_whose_country_is_not_known_still_reaches_help() -> None:
    assert "112" in emergency_numbers("")  # asked while a PBX is configured, where no tenant is entered
