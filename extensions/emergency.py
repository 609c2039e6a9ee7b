"""Where a place must be told with emergency calls, and whether an extension has one (EXT-16)."""

from django.db import connection

from extensions.models import Extension
from extensions.settings.registry import settings_of
from extensions.settings.subjects import Subject, effective_settings

NUMBER, PLACE = "emergency.number", "emergency.place"

# Countries whose law wants the caller's place with emergency calls of a multi-line telephone system, and where it says
# so. Kept short on purpose: a country belongs here only with its source.
_EUROPE = "Directive (EU) 2018/1972, Article 109"
DEMANDED = {
    "US": "47 CFR § 9.16 (RAY BAUM'S Act, Kari's Law)",
    "CA": "Telecom Decision CRTC 2005-21",
    "GB": "Ofcom General Conditions of Entitlement, A3",
    "AU": "Telecommunications (Emergency Call Service) Determination 2019",
    "DE": "§ 164 TKG",
    "FR": "Code des postes et des communications électroniques, D. 98-8",
    **dict.fromkeys(
        ["AT", "BE", "CZ", "DK", "ES", "FI", "GR", "HU", "IE", "IT", "LU", "NL", "PL", "PT", "SE"], _EUROPE
    ),
}


def demanding_source() -> str:
    """What demands a place in the active tenant's country; empty where nothing known does."""
    return DEMANDED.get(connection.tenant.country, "")


def place_missing(extension: Extension) -> bool:
    """Whether the country demands a place and neither the extension nor anything above says one. One query, or none."""
    if not demanding_source():
        return False
    return not effective_settings(Subject(extension=extension), settings_of([PLACE]))[PLACE].value
