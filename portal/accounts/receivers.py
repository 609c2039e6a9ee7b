"""What happens when somebody has signed in.

django.contrib.auth tells only by signal, and it is the one place that every way of signing in passes.
"""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from portal.accounts import lifetime
from portal.accounts.models import User
from portal.accounts.services.sessions import note_session


@receiver(user_logged_in)
def begin_session(sender: type[User], request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """Start the session's clock and put it on the person's list of sessions."""
    if request is None or not hasattr(request, "session"):
        return
    lifetime.begin(request.session, at=timezone.now())
    if request.session.session_key:
        note_session(request=request, user=user)
