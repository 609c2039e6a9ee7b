"""How the states of users and support sessions look."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.models.support_session import SupportState
from portal.core.chips import set_tones


class UserState(models.TextChoices):
    """Derived from a user's row; nothing stores it."""

    ACTIVE = "active", _("Active")
    NEW = "new", _("No password yet")
    LOCKED = "locked", _("Locked")


def state_of(user: User) -> UserState:
    """Whether somebody may sign in, and ever could."""
    if not user.is_active:
        return UserState.LOCKED
    return UserState.ACTIVE if user.has_usable_password() else UserState.NEW


set_tones(
    {
        UserState.ACTIVE: "good",
        UserState.NEW: "queued",
        UserState.LOCKED: "suspended",
        SupportState.OPEN: "progress",
        SupportState.OVER: "neutral",
        SupportState.ENDED: "cancelled",
    }
)
