"""Numbers that a key or a speed dial dials: outside as E.164, inside as they are."""

import re

from django.utils.translation import gettext as _

from extensions.models import DialKind, DialNumber
from extensions.services.numbers import emergency_numbers
from portal.core.errors import DomainError
from portal.core.phone_numbers import to_e164

INTERNAL = re.compile(r"[0-9]{3,5}")


class NobodyThere(DomainError):
    """Nothing inside has this number."""


def to_dialled(typed: str, *, country: str, field: str) -> str:
    """`typed` as it is dialled: 3 to 5 digits must lead to something inside or to helpers, longer ones become E.164.

    Raises NobodyThere and NotANumber on `field`; one query for a number inside.
    """
    bare = re.sub(r"[\s().\-/]", "", typed)
    if not bare:
        raise NobodyThere(_("Type the number that is dialled."), field=field)
    if not INTERNAL.fullmatch(bare):
        return to_e164(typed, country=country, field=field)
    if bare not in emergency_numbers() and bare not in numbers_inside([bare]):
        raise NobodyThere(_("Nothing here has the number %(number)s.") % {"number": bare}, field=field)
    return bare


def numbers_inside(numbers: list[str]) -> set[str]:
    """Those of `numbers` that can be dialled inside, feature codes aside; one query."""
    rows = DialNumber.objects.filter(number__in=numbers).exclude(kind=DialKind.FEATURE)
    return set(rows.values_list("number", flat=True))
