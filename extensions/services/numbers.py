"""The one check of internal numbers, on every path: shape, emergency numbers, collisions (TEN-06, PHONE-SYSTEM 7)."""

from collections.abc import Collection, Iterable

from django.db import connection
from django.utils.translation import gettext as _

from extensions.models import DialKind, DialNumber
from extensions.services.shapes import demand_number
from portal.core.errors import DomainError

# What must always reach help: everywhere, and in single countries (national numbering plans).
EMERGENCY_EVERYWHERE = frozenset({"112", "911"})
EMERGENCY: dict[str, frozenset[str]] = {
    "AU": frozenset({"000", "106"}),
    "CA": frozenset({"911", "933"}),
    "CH": frozenset({"117", "118", "144"}),
    "CN": frozenset({"110", "119", "120"}),
    "DE": frozenset({"110"}),
    "AT": frozenset({"122", "133", "144"}),
    "ES": frozenset({"061", "080", "091"}),
    "FR": frozenset({"15", "17", "18"}),
    "GB": frozenset({"999"}),
    "HK": frozenset({"999"}),
    "IE": frozenset({"999"}),
    "IN": frozenset({"100", "101", "102", "108"}),
    "IT": frozenset({"113", "115", "118"}),
    "JP": frozenset({"110", "119"}),
    "MY": frozenset({"999"}),
    "NZ": frozenset({"111"}),
    "SG": frozenset({"995", "999"}),
    "US": frozenset({"911", "933"}),
    "ZA": frozenset({"10111", "10177"}),
}


class NumberTaken(DomainError):
    """Something else inside the tenant is dialled by this number."""


class EmergencyNumber(DomainError):
    """The number would keep somebody from reaching help."""


def emergency_numbers(country: str | None = None) -> frozenset[str]:
    """What always reaches help in `country` (ISO 3166, blank where none is known; the tenant's unless told)."""
    country = connection.tenant.country if country is None else country
    return EMERGENCY_EVERYWHERE | EMERGENCY.get(country, frozenset())


def demand_numbers_free(
    numbers: Collection[str],
    *,
    field: str = "number",
    except_kind: DialKind | None = None,
    except_ids: Iterable[int] = (),
) -> None:
    """Raise unless every one of `numbers` may be given out: 3 to 5 digits, no emergency number, in use by nothing else.

    Numbers held by the owners `except_ids` of kind `except_kind` count as free, for those who keep or move their own.
    Tells early and kindly, naming up to five clashes; the constraint on DialNumber remains the judge.
    Raises NotAnExtensionNumber, EmergencyNumber and NumberTaken on `field`.
    """
    for number in numbers:
        demand_number(number, field=field)
    wanted = set(numbers)
    if len(wanted) < len(numbers):
        raise NumberTaken(_("A number is named twice."), field=field)
    helping = sorted(wanted & emergency_numbers())
    if helping:
        raise EmergencyNumber(
            _("%(number)s is an emergency number and cannot be given to anything else.") % {"number": helping[0]},
            field=field,
        )
    taken = DialNumber.objects.filter(number__in=wanted)
    if except_kind is not None:
        taken = taken.exclude(kind=except_kind, owner_id__in=list(except_ids))
    clashes = list(taken.order_by("number")[:6])
    if clashes:
        raise NumberTaken(_sentence(clashes), field=field)


def taken_instead(*, field: str = "number") -> dict[str, DomainError]:
    """What it means that the number plan refuses a row that `demand_numbers_free` let pass; for `refusing`."""
    taken = NumberTaken(_("Somebody took this number a moment ago. Choose another."), field=field)
    return {"dial_number_unique": taken, "extension_number_unique": taken}


def _sentence(clashes: list[DialNumber]) -> str:
    named = ", ".join(f"{one.number} ({DialKind(one.kind).label})" for one in clashes[:5])
    if len(clashes) == 1:
        return _("%(number)s is already in use here (%(kind)s).") % {
            "number": clashes[0].number,
            "kind": DialKind(clashes[0].kind).label,
        }
    more = _(" and more") if len(clashes) > 5 else ""
    return _("These numbers are already in use here: %(named)s%(more)s.") % {"named": named, "more": more}
