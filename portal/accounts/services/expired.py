"""What nobody needs any more about signing in: ended sessions, and failures too old to count."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import transaction

from portal.accounts.lockout import memory
from portal.accounts.services.ownership import expire_offers


@transaction.atomic
def forget_expired(*, at: datetime) -> int:
    """Remove them from the active schema, and return how many rows went. What happened stays in the audit log."""
    gone = Session.objects.filter(expire_date__lt=at).delete()[0]
    kept = Session.objects.values("session_key")
    gone += UserSession.objects.exclude(session_key__in=kept).delete()[0]
    expire_offers(at=at)
    gone += AccessAttempt.objects.filter(attempt_time__lt=at - memory()).delete()[0]
    return gone
