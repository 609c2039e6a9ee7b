"""Whether a schedule is open, for rules that only ask that."""

from datetime import datetime

from extensions.callflow.hours import OPEN_STATES, hours_at
from extensions.snapshot.facts import ScheduleFacts


def is_open(schedule: ScheduleFacts, at: datetime) -> bool:
    """Whether `schedule` is open at the moment `at`; breaks and holidays are not."""
    return hours_at(schedule, at).state in OPEN_STATES
