"""Provisioning many extensions at once, and giving them to people (LIC-02 to LIC-06)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.events import ExtensionsChanged
from extensions.models import DialKind, DialNumber, Extension, ExtensionState
from extensions.services.configuration import configuration_changed
from extensions.services.deletion.records import record_columns, write_columns
from extensions.services.numbers import emergency_numbers
from extensions.services.range import RangePlan, create_range, numbers_of_range
from extensions.services.reassign import unassigned_users
from licensing.capacity import Shortage
from licensing.models import Pool
from portal.accounts.models import User
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError, Refusals
from portal.core.events import emit
from tenants.models import Sku
from tenants.skus import PHONE_SYSTEM

PLAN = RangePlan(most=5000, grows=True)


class NotAssignable(DomainError):
    """Only somebody without an extension can be given one, and only an extension that nobody has."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A number of the range that cannot be given out, and what has it."""

    number: str
    what: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What provisioning would make. `problem` is a sentence about the range itself; `shortage` about licences."""

    numbers: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    problem: str = ""
    shortage: Shortage | None = None
    left: int | None = None  # free licences afterwards; None: not counted

    @property
    def is_possible(self) -> bool:
        return bool(self.numbers) and not (self.clashes or self.problem or self.shortage)


def preview_range(*, first: str, count: int, skip_used: bool) -> Preview:
    """Look at a range before anything is made, in three queries at most: its numbers, clashes and licences."""
    try:
        numbers = numbers_of_range(first=first, count=count, skip_used=skip_used, plan=PLAN)
    except DomainError as refusal:
        return Preview(problem=str(refusal))
    held = DialNumber.objects.filter(number__in=numbers).values_list("number", "kind")
    clashes = {number: str(DialKind(kind).label) for number, kind in held}
    clashes |= {number: _("Emergency number") for number in emergency_numbers() & set(numbers)}
    pool = Pool.objects.filter(sku=PHONE_SYSTEM).first()
    free = pool.available if pool else 0
    short = None
    if free is not None and free < count:
        name = Sku.objects.filter(code=PHONE_SYSTEM).values_list("name", flat=True).first() or PHONE_SYSTEM
        short = Shortage(PHONE_SYSTEM, name, max(0, free), count)
    return Preview(
        numbers,
        [Clash(number, clashes[number]) for number in sorted(clashes)],
        shortage=short,
        left=None if free is None else free - count,
    )


def provision_range(*, first: str, count: int, skip_used: bool, by: User, at: datetime) -> list[Extension]:
    """Make `count` extensions from `first` upwards, which belong to nobody yet; a licence is used for each.

    All or none. Raises what `create_range` raises: NumberTaken with the clashes, RangeTooLong, NotEnoughLicences.
    """
    return create_range(first=first, count=count, pattern="", skip_used=skip_used, by=by, at=at, plan=PLAN)


@transaction.atomic
def assign_users(*, users: Mapping[int, int], by: User) -> list[Extension]:
    """Give extensions (by id) to users (by id), all or none, by set, and return those extensions.

    An extension that was only called by its number is called like its user from now on. Raises Refusals with a
    NotAssignable's sentence on `extension_<id>` for each pair that does not fit, also where somebody was quicker.
    """
    found = Extension.objects.filter(pk__in=users).order_by("pk").select_for_update(of=("self",))
    there = {extension.pk: extension for extension in found}
    people = {user.pk: user for user in unassigned_users().filter(pk__in=set(users.values()))}
    _demand_fitting(users, there, people)
    told = {}
    for pk, user_id in users.items():
        extension, user = there[pk], people[user_id]
        named = extension.directory_name != extension.number
        told[pk] = {
            "user_id": user.pk,
            "email": user.email.lower(),
            "state": ExtensionState.ACTIVE.value,
            "directory_name": extension.directory_name if named else str(user.display_name or user)[:100],
            "version": extension.version + 1,
        }
    if not told:
        return []
    late = NotAssignable(_("Somebody was given an extension by somebody else a moment ago. Please look again."))
    record_columns(Extension, told)
    with refusing({"extensions_extension_user_id_key": late}):
        write_columns(Extension, told)
    emit(ExtensionsChanged(extension_ids=tuple(told), by_id=by.pk))
    configuration_changed(by=by)
    return [there[pk] for pk in users]


def _demand_fitting(users: Mapping[int, int], there: Mapping[int, Extension], people: Mapping[int, User]) -> None:
    wrong, taken = {}, set()
    for pk, user_id in users.items():
        extension = there.get(pk)
        if extension is None or extension.state != ExtensionState.UNASSIGNED:
            wrong[f"extension_{pk}"] = _("Somebody has this extension already, or it is not there any more.")
        elif user_id not in people:
            wrong[f"extension_{pk}"] = _("Choose somebody who has no extension yet.")
        elif user_id in taken:
            wrong[f"extension_{pk}"] = _("This person is named twice.")
        taken.add(user_id)
    if wrong:
        raise Refusals(wrong)
