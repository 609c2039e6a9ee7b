"""Telephone numbers: typed as people type them, kept as E.164."""

import re

import phonenumbers
from django.utils.translation import gettext as _

from portal.core.errors import DomainError

_SHORT = re.compile(r"\+?[0-9]{3,15}")


class NotANumber(DomainError):
    """What was typed cannot be a telephone number."""


def to_e164(text: str, *, country: str = "", field: str | None = None) -> str:
    """`text` (digits, blanks, brackets, an optional +) as `+6512345678`, read with `country` (ISO 3166 code).

    Raises NotANumber, on `field`, when it is not 3 to 15 digits or cannot be dialled in that country.
    """
    bare = re.sub(r"[\s().\-/]", "", text)
    if not _SHORT.fullmatch(bare):
        raise NotANumber(_("Use 3 to 15 digits, with or without a leading +."), field=field)
    try:
        number = phonenumbers.parse(bare, country or None)
    except phonenumbers.NumberParseException as fault:
        message = _("Start with + and the country code, for example +65 6123 4567.")
        raise NotANumber(message, field=field) from fault
    if not phonenumbers.is_possible_number(number):
        raise NotANumber(_("This number has too few or too many digits for its country."), field=field)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def for_people(number: str) -> str:
    """An E.164 number with the blanks people expect; anything else unchanged."""
    try:
        return phonenumbers.format_number(
            phonenumbers.parse(number, None), phonenumbers.PhoneNumberFormat.INTERNATIONAL
        )
    except phonenumbers.NumberParseException:
        return number
