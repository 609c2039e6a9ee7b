"""The codes *0 to *99, and which of them are taken (SPD-02)."""

import re
from collections.abc import Collection

from django.db import connection
from django.utils.translation import gettext as _

from extensions.models import FeatureCode
from portal.core.errors import DomainError

_TYPED = re.compile(r"\*?\s*([0-9]{1,2})")


class NotACode(DomainError):
    """What was typed is no code between *0 and *99."""


class CodeOfFeature(DomainError):
    """A feature code in use would never let the speed dial be reached."""


def to_code(typed: str, *, field: str = "code") -> str:
    """`7`, `07`, `*7` and `*07` as `*7`. Raises NotACode on `field`."""
    match = _TYPED.fullmatch(typed.strip())
    if match is None or not match[1].isascii():
        raise NotACode(_("Use a code from *0 to *99."), field=field)
    return f"*{int(match[1])}"


def lock_codes() -> None:
    """Let one at a time look for free codes and take one, until the transaction ends.

    No constraint can judge here: many personal speed dials may have a code that a feature may not have meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('star codes'), hashtext(%s))", [connection.schema_name])


def feature_codes(codes: Collection[str]) -> dict[str, str]:
    """Those of `codes` that a feature in use has, with what it does; nobody changes that in this transaction."""
    lock_codes()
    rows = FeatureCode.objects.filter(code__in=list(codes), enabled=True)
    return {row.code: str(row.get_feature_display()) for row in rows}


def feature_sentence(code: str, feature: str) -> str:
    """Why a code cannot be a speed dial."""
    return _("%(code)s is in use as a feature code: %(feature)s.") % {"code": code, "feature": feature}


def demand_code(typed: str, *, field: str = "code") -> str:
    """The code that is meant and no feature has. Raises NotACode and CodeOfFeature on `field`; two queries."""
    code = to_code(typed, field=field)
    taken = feature_codes([code])
    if taken:
        raise CodeOfFeature(feature_sentence(code, taken[code]), field=field)
    return code
