"""Ending sessions (SEC-05)."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from portal.accounts.models import User


@transaction.atomic
def end_sessions(*, user: User, keep: str | None = None) -> int:
    """End every session of `user` apart from the one with the key `keep`; returns how many there were."""
    theirs = UserSession.objects.filter(user=user)
    if keep:
        theirs = theirs.exclude(session_key=keep)
    Session.objects.filter(session_key__in=list(theirs.values_list("session_key", flat=True))).delete()
    return theirs.delete()[0]
