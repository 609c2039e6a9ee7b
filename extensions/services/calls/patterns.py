"""Numbers and beginnings of numbers as people type them, made comparable."""

import re

import phonenumbers
from django.db import connection
from django.utils.translation import gettext as _

from portal.core.errors import DomainError
from portal.core.phone_numbers import NotANumber, to_e164

_SHORT = re.compile(r"[0-9]{1,5}")
_FULL = re.compile(r"\+[0-9]{1,15}")


class NotAPattern(DomainError):
    """What was typed is neither a number nor the beginning of one."""


def clean_number(text: str, *, field: str = "pattern") -> str:
    """A whole number: an internal one of 3 to 5 digits, or an outside one as E.164. Raises NotAPattern on `field`."""
    bare = _bare(text)
    if re.fullmatch(r"[0-9]{3,5}", bare):
        return bare
    try:
        return to_e164(bare, country=connection.tenant.country, field=field)
    except NotANumber as fault:
        raise NotAPattern(str(fault), field=field) from fault


def clean_prefix(text: str, *, field: str = "pattern") -> str:
    """The beginning of a number: `+65…`, `0065…` or `09…` as dialled in the country, or 1 to 5 digits for inside.

    Raises NotAPattern on `field`.
    """
    bare, country = _bare(text), connection.tenant.country
    code, trunk = phonenumbers.country_code_for_region(country), phonenumbers.ndd_prefix_for_region(country, True)
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    elif trunk and code and bare.startswith(trunk) and trunk == "0":
        bare = f"+{code}{bare.removeprefix(trunk)}"
    if not (_FULL.fullmatch(bare) or _SHORT.fullmatch(bare)):
        raise NotAPattern(
            _("Start with + and the country code, for example +65 900, or use up to 5 digits for numbers inside."),
            field=field,
        )
    return bare


def _bare(text: str) -> str:
    return re.sub(r"[\s().\-/]", "", text)
