"""What people choose for themselves (UXP-02, INTERFACE section 7)."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import SavedView, User
from portal.core.errors import DomainError

MOST_VIEWS = 20  # of one person for one list


class TooManyViews(DomainError):
    """A menu of views that nobody can read is of no use."""


@transaction.atomic
def change_preferences(*, user: User, theme: str, compact: bool, language: str, time_zone: str) -> User:
    """Save how pages look and speak for `user`; empty `language` or `time_zone` means the default."""
    user.theme, user.compact, user.language, user.time_zone = theme, compact, language, time_zone or None
    user.save(update_fields=["theme", "compact", "language", "time_zone"])
    return user


@transaction.atomic
def save_view(*, user: User, page: str, name: str, query: str) -> SavedView:
    """Keep the list `page` with its `query` under `name`; the same name in any letter case is replaced.

    Raises TooManyViews.
    """
    mine = SavedView.objects.filter(user=user, page=page)
    known = mine.filter(name__iexact=name).first()
    if known is not None:
        known.name, known.query = name, query
        known.save(update_fields=["name", "query"])
        return known
    if mine.count() >= MOST_VIEWS:
        raise TooManyViews(_("Delete a view first: %(most)d are the most.") % {"most": MOST_VIEWS})
    return SavedView.objects.create(user=user, page=page, name=name, query=query)


@transaction.atomic
def delete_view(*, view: SavedView) -> None:
    """Forget a saved view."""
    view.delete()
