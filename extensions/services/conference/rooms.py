"""Making and changing conference rooms, their PINs and members (CONF-01)."""

from collections.abc import Collection

from django.db import connection, transaction
from django.utils.translation import gettext as _

from extensions.capacity import CONFERENCE, capacity
from extensions.models import ConferenceMember, ConferenceRoom, DialKind, Extension
from extensions.services.configuration import configuration_changed
from extensions.services.numbers import demand_numbers_free, taken_instead
from extensions.services.pins import demand_good_pin, new_pin
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.audit.sets import record_set
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError, refuse_management_instance
from portal.core.versions import lock_version


class RoomNameTaken(DomainError):
    """Another room has the name."""


class NobodyToWaitFor(DomainError):
    """Guests would wait for ever."""


@transaction.atomic
def create_room(  # noqa: PLR0913 - the fields of the page
    *, number: str, name: str, most: int, announce: bool, wait_for_member: bool, with_pin: bool, by: User
) -> ConferenceRoom:
    """Make a room and return it, with `pin` readable this once where `with_pin` asks for one.

    Raises ManagementInstance, RoomNameTaken (field `name`), what the capacity raises, and what demand_numbers_free
    raises (field `number`).
    """
    refuse_management_instance()
    demand_numbers_free([number])
    capacity().take(CONFERENCE, 1)
    room = ConferenceRoom(
        number=number,
        name=name,
        most=most,
        announce=announce,
        wait_for_member=wait_for_member,
        pin=new_pin(own_number=number) if with_pin else "",
    )
    _save(room)
    configuration_changed(by=by)
    return room


@transaction.atomic
def edit_room(  # noqa: PLR0913 - the fields of the page
    *,
    room: ConferenceRoom,
    number: str,
    name: str,
    most: int,
    announce: bool,
    wait_for_member: bool,
    version: int | None,
    by: User,
) -> ConferenceRoom:
    """Change what a room is called and how it works; PIN and members stay.

    Raises ChangedMeanwhile, NobodyToWaitFor (field `wait_for_member`), and as create_room does.
    """
    locked: ConferenceRoom = lock_version(ConferenceRoom, room.pk, version)
    demand_numbers_free([number], except_kind=DialKind.CONFERENCE, except_ids=[locked.pk])
    if wait_for_member and not locked.wait_for_member and not locked.memberships.exists():
        raise NobodyToWaitFor(
            _("This room has no members yet, so guests would wait for ever. Choose members first."),
            field="wait_for_member",
        )
    locked.number, locked.name, locked.most = number, name, most
    locked.announce, locked.wait_for_member = announce, wait_for_member
    _save(locked)
    configuration_changed(by=by)
    return locked


@transaction.atomic
def set_room_pin(*, room: ConferenceRoom, pin: str, by: User) -> ConferenceRoom:
    """Let callers be asked for `pin`; empty: nobody is asked any more. Raises BadPin on `pin`."""
    locked = ConferenceRoom.objects.select_for_update().get(pk=room.pk)
    if pin:
        demand_good_pin(pin, own_number=locked.number)
    return _with_pin(locked, pin, by)


@transaction.atomic
def renew_room_pin(*, room: ConferenceRoom, by: User) -> ConferenceRoom:
    """Make a new PIN; the room comes back with `pin` readable this once. The old one opens nothing any more."""
    locked = ConferenceRoom.objects.select_for_update().get(pk=room.pk)
    return _with_pin(locked, new_pin(own_number=locked.number), by)


@transaction.atomic
def change_members(*, room: ConferenceRoom, add: Collection[int], remove: Collection[int], by: User) -> ConferenceRoom:
    """Let the extensions `add` (ids) be members and `remove` not; everybody else stays as they are.

    Ids that are gone or are that already do no harm. Raises NobodyToWaitFor where the last member would leave a room in
    which guests wait for one.
    """
    locked = ConferenceRoom.objects.select_for_update().get(pk=room.pk)
    if remove:
        going = locked.memberships.filter(extension__in=remove)
        record_set(going, verb=Verb.DELETE, fields=["room", "extension"], name="extension__number")
        # audit: written above, from the same rows; nothing refers to a membership
        going._raw_delete(connection.alias)  # type: ignore[attr-defined] # noqa: SLF001
    there = set(locked.memberships.values_list("extension_id", flat=True))
    coming = Extension.objects.filter(pk__in=set(add) - set(remove) - there).order_by("pk")
    made = _add_members(locked, list(coming))
    if locked.wait_for_member and not there and not made:
        raise NobodyToWaitFor(
            _("Guests wait for a member in this room. Keep one, or switch the waiting off first."), field="members"
        )
    configuration_changed(by=by)
    return locked


def _add_members(room: ConferenceRoom, extensions: list[Extension]) -> list[ConferenceMember]:
    # audit: written below, by one statement for all
    made = ConferenceMember.objects.bulk_create(ConferenceMember(room=room, extension=one) for one in extensions)
    if made:
        shown = ConferenceMember.objects.filter(pk__in=[row.pk for row in made])
        record_set(shown, verb=Verb.POST, fields=["room", "extension"], name="extension__number")
    return made


def _with_pin(room: ConferenceRoom, pin: str, by: User) -> ConferenceRoom:
    room.pin = pin
    room.save(update_fields=["pin"])
    configuration_changed(by=by)
    return room


def _save(room: ConferenceRoom) -> None:
    name_taken = RoomNameTaken(_("Another room is called this already."), field="name")
    with refusing({"conference_name_unique": name_taken, **taken_instead()}):
        room.save()
