"""Where a rule is set, as a link."""

from django.urls import NoReverseMatch, reverse

from extensions.callflow.steps import Place, Topic
from extensions.models import Level
from extensions.snapshot.facts import Snapshot

# For each topic the names of the pages of the company, of a team, and of an extension.
_PAGES: dict[Topic, tuple[str, str, str]] = {
    Topic.EXTENSION: ("list", "", "detail"),
    Topic.TEAM: ("teams", "team", ""),
    Topic.FORWARDING: ("calls", "team_calls", "extension_calls"),
    Topic.STATUS: ("presence", "", "presence_history"),
    Topic.HOURS: ("hours", "team_schedule", "extension_schedule"),
    Topic.SCHEDULE: ("schedules", "", ""),
    Topic.BLOCKED: ("calls_blocked", "", "extension_calls_blocked"),
    Topic.EXCEPTIONS: ("calls_exceptions", "", "extension_calls_exceptions"),
    Topic.INCOMING: ("calls_section", "", ""),
    Topic.OUTGOING: ("calls_section", "team_calls_section", "extension_calls_section"),
    Topic.CALLER_ID: ("calls_section", "team_calls_section", "extension_calls_section"),
    Topic.VOICEMAIL: ("voicemail_company", "team_voicemail", "extension_voicemail"),
    Topic.CONFERENCE: ("conference_rooms", "", ""),
    Topic.PARKING: ("parking", "", ""),
    Topic.FEATURES: ("feature_codes", "", ""),
    Topic.SPEED_DIALS: ("speed_dials", "", ""),
}
_SECTIONS = {Topic.INCOMING: ["incoming"], Topic.OUTGOING: ["outgoing"], Topic.CALLER_ID: ["caller-id"]}


def url_of(place: Place | None, snapshot: Snapshot) -> str:
    """The page on which the rule can be changed; empty where there is none."""
    if place is None:
        return ""
    if place.topic is Topic.RULES:
        return reverse("extensions:rules", args=[place.id])
    company, team, extension = _PAGES[place.topic]
    level = place.level or (Level.TEAM if place.topic is Topic.TEAM else Level.EXTENSION)
    more = _SECTIONS.get(place.topic, [])
    found = snapshot.extensions.get(place.id) if level is Level.EXTENSION else None
    if level is Level.EXTENSION and extension and found is not None:
        return _reverse(extension, [found.number, *more])
    if level is Level.TEAM and team:
        return _reverse(team, [place.id, *more])
    return _reverse(company, more)


def _reverse(name: str, arguments: list) -> str:
    try:
        return reverse(f"extensions:{name}", args=arguments)
    except NoReverseMatch:
        return ""
