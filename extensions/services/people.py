"""The person behind an extension: a user of the tenant, or a new one with the lowest role (EXT-01, ROL-03)."""

import re

from django.db import connection
from django.utils.translation import gettext as _

from extensions.models import Extension
from portal.accounts.models import User
from portal.accounts.models.user import UserKind
from portal.accounts.services import create_user, send_password_link
from portal.core.errors import DomainError
from portal.core.latin import plain_latin


class PersonRefused(DomainError):
    """Whoever has this e-mail address cannot be given an extension."""


def user_for(*, email: str, name: str, number: str, by: User) -> User:
    """The user with this e-mail address; where there is none, a new one, who gets a mail to set a password.

    Raises PersonRefused (field `email`) for somebody who has an extension, is locked, or is no person of this tenant.
    """
    return person_of(email) or _invite(email=email, name=name, number=number, by=by)


def person_of(email: str) -> User | None:
    """The user with this e-mail address, who may be given an extension; None where nobody has the address.

    Raises PersonRefused as `user_for` does.
    """
    found = User.objects.filter(email__iexact=email).first()
    if found is None:
        return None
    if found.kind != UserKind.PERSON or not found.is_active:
        raise PersonRefused(_("This address belongs to a sign-in that cannot have an extension."), field="email")
    other = Extension.objects.filter(user=found).first()
    if other is not None:
        raise PersonRefused(
            _("This person already has the extension %(number)s.") % {"number": other.number}, field="email"
        )
    return found


def _invite(*, email: str, name: str, number: str, by: User) -> User:
    personnel_id = _free_personnel_id(name, number)
    user = create_user(username=_logon(personnel_id), email=email, display_name=name, personnel_id=personnel_id, by=by)
    send_password_link(user=user, by=by)
    return user


def _logon(personnel_id: str) -> str:
    return f"{personnel_id}@{connection.tenant.upn_suffix}"


def _free_personnel_id(name: str, number: str) -> str:
    """`jane.doe` from “Jane Doe”, `jane.doe2` for the next one; `ext101` where the name has no Latin letters."""
    plain = plain_latin(name).lower()
    stem = ".".join(re.findall(r"[a-z0-9]+", plain))[:30].strip(".") or f"ext{number}"
    taken = {
        logon.lower() for logon in User.objects.filter(username__istartswith=stem).values_list("username", flat=True)
    }
    candidate, count = stem, 1
    while _logon(candidate).lower() in taken:
        count += 1
        candidate = f"{stem}{count}"
    return candidate
