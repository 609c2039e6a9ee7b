"""Furnishing one company: every topic in an order in which each finds what it builds on."""

from datetime import datetime

from extensions.services.check.run import run_check
from portal.accounts.models import User
from portal.sites.demo.telephony import calls, keys, schedules, status, teams, voice

TOPICS = (voice, teams, schedules, calls, keys, status)


def furnish(*, by: User, at: datetime) -> None:
    """Furnish the active tenant, whose extensions exist, and look once for what is odd about it."""
    for topic in TOPICS:
        topic.furnish(by=by, at=at)
    run_check(at=at)
