"""What happens when somebody has signed in or out.

django.contrib.auth tells only by signal, and it is the one place that every way of signing in passes.
"""

from contextlib import suppress
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from portal.accounts import lifetime
from portal.accounts.models import User
from portal.accounts.services.sessions import note_session
from portal.accounts.services.support import AlreadyEnded, end_support_session


@receiver(user_logged_in)
def begin_session(sender: type[User], request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """Start the session's clock and put it on the person's list of sessions."""
    if request is None or not hasattr(request, "session"):
        return
    lifetime.begin(request.session, at=timezone.now())
    if request.session.session_key:
        note_session(request=request, user=user)


@receiver(user_logged_out)
def end_visit(sender: type[User] | None, request: HttpRequest | None, **kwargs: Any) -> None:
    """A guest who signs out has left."""
    session = getattr(request, "support_session", None)
    if session is not None:
        with suppress(AlreadyEnded):
            end_support_session(session=session, by_name=session.actor_name, at=timezone.now())
