"""Creating a range of extensions at once (EXT-01)."""

from datetime import datetime

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
from extensions.services.secrets import new_sip_password, new_sip_username
from extensions.services.shapes import demand_number
from extensions.services.voicemail.boxes import ensure_mailboxes
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError, refuse_management_instance
from portal.core.events import emit

MOST = 500
PLACE = "{number}"


class RangeTooLong(DomainError):
    """Not so many at once, or no more numbers of this length."""


@transaction.atomic
def create_range(*, first: str, count: int, pattern: str, skip_used: bool, by: User, at: datetime) -> list[Extension]:
    """Make `count` extensions (1 to 500) from `first` upwards and return them, all or none. They belong to nobody.

    `pattern` names them; `{number}` in it becomes the number, and without it the number is put behind. `skip_used`
    passes over numbers that are in use or reach help; otherwise those are named in the refusal. Raises RangeTooLong,
    NumberTaken, EmergencyNumber, NotAnExtensionNumber on `first` or `count`, NameTooLong on `pattern`, and what the
    capacity raises.
    """
    refuse_management_instance()
    demand_number(first, field="first")
    if not 1 <= count <= MOST:
        raise RangeTooLong(_("Create between 1 and %(most)d at once.") % {"most": MOST}, field="count")
    numbers = _free(first, count) if skip_used else _next(first, count)
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
                sip_username=new_sip_username(),
                sip_password=new_sip_password(),
                state=ExtensionState.UNASSIGNED,
                created_at=at,
            )
            for number, name in zip(numbers, names, strict=True)
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


def _next(first: str, count: int) -> list[str]:
    """`first` and those after it, with as many digits."""
    if int(first) + count > 10 ** len(first):
        raise RangeTooLong(
            _("From %(first)s on there are only %(left)d numbers of %(digits)d digits.")
            % {"first": first, "left": 10 ** len(first) - int(first), "digits": len(first)},
            field="count",
        )
    return [str(number).zfill(len(first)) for number in range(int(first), int(first) + count)]


def _free(first: str, count: int) -> list[str]:
    every = _next(first, 10 ** len(first) - int(first))
    used = set(DialNumber.objects.filter(number__gte=first).values_list("number", flat=True)) | emergency_numbers()
    free = [number for number in every if number not in used][:count]
    if len(free) < count:
        raise RangeTooLong(
            _("From %(first)s on only %(left)d numbers of %(digits)d digits are free.")
            % {"first": first, "left": len(free), "digits": len(first)},
            field="count",
        )
    return free


def _name(pattern: str, number: str) -> str:
    words = " ".join(pattern.split())
    return words.replace(PLACE, number) if PLACE in words else f"{words} {number}".strip()
