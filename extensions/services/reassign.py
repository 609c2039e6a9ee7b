"""Giving an extension to somebody else, or to nobody (EXT-07)."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from extensions.events import ExtensionChanged
from extensions.models import Extension, ExtensionState
from extensions.services.configuration import configuration_changed
from extensions.services.welcome import end_links
from portal.accounts.models import User
from portal.accounts.models.user import UserKind
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from portal.core.events import emit
from portal.core.versions import lock_version


class NotUnassigned(DomainError):
    """Only people without an extension can be given one."""


def unassigned_users(search: str = "") -> QuerySet[User]:
    """People of the tenant who may sign in and have no extension, by name; `search` is part of name or address."""
    found = User.objects.filter(kind=UserKind.PERSON, is_active=True, extension=None)
    for word in search.split()[:5]:
        found = found.filter(Q(display_name__icontains=word) | Q(username__icontains=word) | Q(email__icontains=word))
    return found.order_by("display_name", "pk")


@transaction.atomic
def change_user(*, extension: Extension, user: User | None, by: User, version: int | None = None) -> Extension:
    """Let `extension` belong to `user`, or to nobody, and return it. Number, settings and passwords stay.

    The business e-mail address follows the person, and links that went to the former one end. A suspended extension
    stays suspended. Raises ChangedMeanwhile, and NotUnassigned on `user` for somebody who has an extension, is locked,
    or is no person of this tenant.
    """
    locked: Extension = lock_version(Extension, extension.pk, version)
    if user is not None and user.pk != locked.user_id and not unassigned_users().filter(pk=user.pk).exists():
        raise NotUnassigned(_("Choose somebody who has no extension yet."), field="user")
    if (user.pk if user else None) != locked.user_id:
        end_links(locked)
    locked.user = user
    if user is not None:
        locked.email = user.email
    if not locked.is_suspended:
        locked.state = ExtensionState.ACTIVE if user else ExtensionState.UNASSIGNED
    too_late = NotUnassigned(_("Somebody else gave them an extension a moment ago."), field="user")
    with refusing({"extensions_extension_user_id_key": too_late}):
        locked.save()
    emit(ExtensionChanged(extension_id=locked.pk, by_id=by.pk))
    configuration_changed(by=by)
    return locked
