"""How long a session lasts (SEC-05, THR-14): shorter without activity, and never longer than half a day."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from portal.accounts.faces import current_face
from portal.permissions import Face

IDLE = {Face.MANAGEMENT: timedelta(minutes=30), Face.TENANT: timedelta(hours=3)}
LONGEST = timedelta(hours=12)
NOTICE_EVERY = timedelta(minutes=1)  # activity is written at most so often

_BEGAN, _SEEN = "began_at", "seen_at"


def begin(session: SessionBase, *, at: datetime) -> None:
    """Start counting for a fresh sign-in."""
    session[_BEGAN] = session[_SEEN] = at.timestamp()


def is_over(session: SessionBase, *, at: datetime) -> bool:
    """Whether nobody has done anything for too long, or the sign-in is too old."""
    now = at.timestamp()
    idle = now - _told(session.get(_SEEN), now) > IDLE[current_face()].total_seconds()
    return idle or now - _told(session.get(_BEGAN), now) > LONGEST.total_seconds()


def notice(session: SessionBase, *, at: datetime) -> bool:
    """Remember activity; True when it is worth writing down, at most once a minute."""
    now = at.timestamp()
    session.setdefault(_BEGAN, now)
    if _SEEN in session and now - _told(session[_SEEN], now) < NOTICE_EVERY.total_seconds():
        return False
    session[_SEEN] = now
    return True


def _told(value: Any, otherwise: float) -> float:
    return value if isinstance(value, int | float) else otherwise
