"""The address from which a telephone fetches its configuration: making it anew, and ending it (PRV-01)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.models import Phone, PhoneAccess
from extensions.provisioning.families import family_of
from extensions.provisioning.secrets import digest_of, new_password, new_secret
from portal.accounts.models import User
from portal.core.errors import DomainError, refuse_management_instance

WINDOW = timedelta(hours=24)


class NothingToFetch(DomainError):
    """The telephone's model fetches nothing, or nothing is known that it could be told."""


@transaction.atomic
def issue_access(*, phone: Phone, by: User, at: datetime) -> PhoneAccess:
    """Give `phone` a new secret and new passwords, and return them; the ones before are worth nothing from now on.

    The address alone is enough for the first fetch, within 24 hours. Raises NothingToFetch for a model that fetches
    nothing, and for a telephone without an extension.
    """
    refuse_management_instance()
    locked = Phone.objects.select_for_update().get(pk=phone.pk)
    if family_of(locked.model) is None:
        raise NothingToFetch(_("Telephones of this model do not fetch a configuration."))
    if locked.extension_id is None:
        raise NothingToFetch(_("Give the telephone an extension first: without one there is nothing to fetch."))
    end_access(locked)
    secret = new_secret()
    return PhoneAccess.objects.create(
        phone=locked,
        secret=secret,
        digest=digest_of(secret),
        user=locked.mac,
        password=new_password(),
        admin_password=new_password(),
        issued_at=at,
        until=at + WINDOW,
    )


def end_access(phone: Phone) -> None:
    """Let nobody fetch as `phone` any more: it was given to somebody else, or is another telephone."""
    for access in PhoneAccess.objects.filter(phone=phone):
        access.delete()
