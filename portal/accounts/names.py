"""Who is meant by what somebody types as their sign-in name."""

from django.db.models import Q

from portal.accounts.models import User
from portal.accounts.models.user import UserKind


def find_user(typed: str) -> User | None:
    """The user of the active schema whose logon, e-mail address or personnel ID this is, in any letter case.

    A logon wins over an e-mail address, and that over a personnel ID; two people with the same personnel ID are not
    guessed between. Guests from other hosts are never found: they do not sign in here.
    """
    name = typed.strip().lower()
    if not name or "\0" in name:
        return None
    found = list(
        User.objects.exclude(kind__in=[UserKind.SUPPORT, UserKind.VISITOR])
        .filter(Q(username__iexact=name) | Q(email__iexact=name) | Q(personnel_id__iexact=name))
        .order_by("pk")[:5]
    )
    for field in ("username", "email", "personnel_id"):
        matching = [user for user in found if getattr(user, field).lower() == name]
        if matching:
            return matching[0] if len(matching) == 1 else None
    return None
