"""The list of somebody's sessions, and ending them (SEC-05)."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from portal.accounts.models import User
from portal.core.client_ip import client_ip


def note_session(*, request: HttpRequest, user: User) -> None:
    """Write down when and from where this session was last used."""
    UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "ip": client_ip(request) or "0.0.0.0",  # noqa: S104 - a word for "unknown", not an address to bind
            "user_agent": request.META.get("HTTP_USER_AGENT", "")[:200],
            "last_seen_at": timezone.now(),
        },
    )


@transaction.atomic
def end_sessions(*, user: User, keep: str | None = None) -> int:
    """End every session of `user` apart from the one with the key `keep`; returns how many there were."""
    theirs = UserSession.objects.filter(user=user)
    if keep:
        theirs = theirs.exclude(session_key=keep)
    Session.objects.filter(session_key__in=list(theirs.values_list("session_key", flat=True))).delete()
    return theirs.delete()[0]


@transaction.atomic
def end_session(*, session: UserSession) -> None:
    """End one session."""
    Session.objects.filter(session_key=session.session_key).delete()
    session.delete()
