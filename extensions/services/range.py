"""Creating a range of extensions at once (EXT-01)."""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.capacity import EXTENSION, capacity
from extensions.events import ExtensionsCreated
from extensions.models import DialNumber, Extension, ExtensionState
from extensions.services.configuration import configuration_changed
from extensions.services.counting import extensions_changed
from extensions.services.deletion.records import record_rows
from extensions.services.edit import demand_name
from extensions.services.numbers import demand_numbers_free, emergency_numbers, taken_instead
from extensions.services.secrets import new_sip_sign_ins
from extensions.services.shapes import demand_number
from extensions.services.voicemail.boxes import ensure_mailboxes
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError, refuse_management_instance
from portal.core.events import emit

MOST = 500
LONGEST = 5  # digits of an extension number
PLACE = "{number}"


class RangeTooLong(DomainError):
    """Not so many at once, or no more numbers of this length."""


@dataclass(frozen=True, slots=True)
class RangePlan:
    """At most `most` at once; `grows`: 999 is followed by 1000, up to 99999 (LIC-05)."""

    most: int = MOST
    grows: bool = False

    def end(self, first: str) -> int:
        """The number behind the last one that may be used."""
        return int(10 ** (LONGEST if self.grows else len(first)))


@transaction.atomic
def create_range(  # noqa: PLR0913 - the fields of two pages
    *, first: str, count: int, pattern: str, skip_used: bool, by: User, at: datetime, plan: RangePlan | None = None
) -> list[Extension]:
    """Make `count` extensions from `first` upwards and return them, all or none. They belong to nobody.

    `plan` says how many at once, and whether numbers may grow a digit. `pattern` names them; `{number}` in it becomes
    the number, and without it the number is put behind. `skip_used` passes over numbers that are in use or reach help;
    otherwise those are named in the refusal. Raises RangeTooLong, NumberTaken, EmergencyNumber, NotAnExtensionNumber
    on `first` or `count`, NameTooLong on `pattern`, and what the capacity raises.
    """
    refuse_management_instance()
    demand_number(first, field="first")
    numbers = numbers_of_range(first=first, count=count, skip_used=skip_used, plan=plan or RangePlan())
    demand_numbers_free(numbers, field="first")
    names = [_name(pattern, number) for number in numbers]
    for name in names:
        demand_name(name, field="pattern")
    capacity().take(EXTENSION, count)
    made = _insert(
        [
            Extension(
                number=number,
                directory_name=name,
                sip_username=username,
                sip_password=password,
                state=ExtensionState.UNASSIGNED,
                created_at=at,
            )
            for number, name, username, password in zip(numbers, names, *new_sip_sign_ins(count), strict=True)
        ]
    )
    ensure_mailboxes()
    emit(ExtensionsCreated(extension_ids=tuple(row.pk for row in made), by_id=by.pk))
    extensions_changed()
    configuration_changed(by=by)
    return made


def _insert(rows: list[Extension]) -> list[Extension]:
    with refusing(taken_instead(field="first")):
        # audit: written below, from the rows that were inserted
        made = Extension.objects.bulk_create(rows)
    record_rows(Extension, [row.pk for row in made], Verb.POST)
    return made


def numbers_of_range(*, first: str, count: int, skip_used: bool, plan: RangePlan) -> list[str]:
    """The numbers that `create_range` would make. Raises RangeTooLong on `count`."""
    if not 1 <= count <= plan.most:
        raise RangeTooLong(_("Create between 1 and %(most)d at once.") % {"most": plan.most}, field="count")
    return _free(first, count, plan) if skip_used else _next(first, count, plan)


def _next(first: str, count: int, plan: RangePlan) -> list[str]:
    """`first` and those after it."""
    left = plan.end(first) - int(first)
    if count > left:
        text = (
            _("From %(first)s on there are only %(left)d numbers of at most 5 digits.")
            if plan.grows
            else _("From %(first)s on there are only %(left)d numbers of %(digits)d digits.")
        )
        raise RangeTooLong(text % {"first": first, "left": left, "digits": len(first)}, field="count")
    return [str(number).zfill(len(first)) for number in range(int(first), int(first) + count)]


def _free(first: str, count: int, plan: RangePlan) -> list[str]:
    used = set(DialNumber.objects.values_list("number", flat=True)) | emergency_numbers()
    every = (str(number).zfill(len(first)) for number in range(int(first), plan.end(first)))
    free = list(islice((number for number in every if number not in used), count))
    if len(free) < count:
        digits = LONGEST if plan.grows else len(first)
        raise RangeTooLong(
            _("From %(first)s on only %(left)d numbers of up to %(digits)d digits are free.")
            % {"first": first, "left": len(free), "digits": digits},
            field="count",
        )
    return free


def _name(pattern: str, number: str) -> str:
    words = " ".join(pattern.split())
    return words.replace(PLACE, number) if PLACE in words else f"{words} {number}".strip()
