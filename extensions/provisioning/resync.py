"""Asking a telephone to fetch its configuration now. The PBX does it, because the telephone is signed in there."""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from extensions.models import Phone
from portal.core.errors import DomainError


class CannotAsk(DomainError):
    """Nobody can be asked now; the sentence says why."""


class Resync(Protocol):
    """What the setting PHONE_RESYNC names. Raises CannotAsk where the PBX is away."""

    def __call__(self, *, number: str) -> int:
        """Ask the telephones that are signed in for an extension of the active tenant; how many were asked."""


def without_pbx(*, number: str) -> int:
    """There is no PBX: nobody is asked."""
    raise CannotAsk(
        _("No telephone system is connected, so nobody can ask the telephone. Restart it: then it looks by itself.")
    )


def ask_to_fetch(phone: Phone) -> int:
    """Ask `phone` to fetch now; returns how many telephones of its extension were asked. Raises CannotAsk."""
    if phone.extension is None:
        raise CannotAsk(_("The telephone has no extension, so it has nothing to fetch."))
    resync: Resync = import_string(settings.PHONE_RESYNC)
    asked = resync(number=phone.extension.number)
    if not asked:
        raise CannotAsk(
            _("The telephone is not signed in at the moment. It looks by itself once a day, and when it restarts.")
        )
    return asked
