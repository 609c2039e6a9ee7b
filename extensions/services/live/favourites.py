"""Colleagues whom somebody wants to see first (PRS-05)."""

from django.db import transaction

from extensions.models import Extension, Favourite
from portal.accounts.models import User


@transaction.atomic
def toggle_favourite(*, extension: Extension, by: User) -> bool:
    """Mark a colleague, or take the mark away; whether it stands now. Two clicks at once leave one mark."""
    if Favourite.objects.filter(user=by, extension=extension).delete()[0]:
        return False
    Favourite.objects.bulk_create([Favourite(user=by, extension=extension)], ignore_conflicts=True)  # audit: exempt
    return True
