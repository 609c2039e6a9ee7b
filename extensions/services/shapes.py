"""Shapes that every way of making or changing an extension checks: form, copy, import, API."""

import re

from django.db import connection
from django.utils.translation import gettext as _

from portal.core.errors import DomainError
from portal.core.phone_numbers import to_e164

NUMBER = re.compile(r"[0-9]{3,5}")


class NotAnExtensionNumber(DomainError):
    """Ext Keys are 3 to 5 digits (EXT-02)."""


def demand_number(number: str, *, field: str = "number") -> None:
    """Raise NotAnExtensionNumber unless `number` is 3 to 5 ASCII digits."""
    if not NUMBER.fullmatch(number):
        raise NotAnExtensionNumber(_("Use 3 to 5 digits, for example 101."), field=field)


def clean_mobile(mobile: str) -> str:
    """`mobile` as E.164, read with the tenant's country; empty stays empty. Raises NotANumber on `mobile`."""
    return to_e164(mobile, country=connection.tenant.country, field="mobile") if mobile else ""
