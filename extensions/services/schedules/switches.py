"""The two global switches: hours and the action outside them are locked together (SCH-02, SCH-03)."""

from django.db import transaction

from extensions.services.settings import change_settings, reset_settings
from extensions.settings.catalogue.hours import BREAK_ACTION, BREAKS, CLOSED_ACTION, HOURS
from extensions.settings.registry import settings_of
from extensions.settings.subjects import Subject, effective_settings
from portal.accounts.models import User

# A switch locks the hours and where calls go outside them.
SWITCHES = {HOURS: CLOSED_ACTION, BREAKS: BREAK_ACTION}


@transaction.atomic
def reset_hours(*, subject: Subject, key: str, by: User) -> None:
    """Let `subject` inherit one setting about hours again, so that a switch and what it locks never part.

    Resetting the hours switches their switch off; resetting an action under a switch that is on keeps it locked, with
    the value that is inherited.
    """
    held = effective_settings(subject, settings_of([*SWITCHES, *SWITCHES.values(), key]))
    main = next((main for main, follower in SWITCHES.items() if follower == key), "")
    source = held[main].source if main else None
    if source is not None and held[main].here and source.locked:
        change_settings(subject=subject, values={key: held[key].inherited}, locks={key: True}, by=by)
        return
    follower = SWITCHES.get(key, "")
    if follower and held[follower].here:
        change_settings(subject=subject, values={follower: held[follower].value}, locks={follower: False}, by=by)
    reset_settings(subject=subject, keys=[key], by=by)
