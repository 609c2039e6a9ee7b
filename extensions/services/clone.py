"""Cloning an extension: everything except number, user, secrets, PIN and outside number (EXT-12)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from extensions.capacity import EXTENSION, capacity
from extensions.events import ExtensionCreated
from extensions.models import (
    BlockedCaller,
    CallException,
    ConferenceMember,
    Destination,
    Extension,
    ExtensionState,
    Key,
    KeyPanel,
    Mailbox,
    SettingValue,
    SpeedDial,
    TeamMember,
)
from extensions.services.configuration import configuration_changed
from extensions.services.counting import extensions_changed
from extensions.services.create import save_number
from extensions.services.deletion.records import record_rows
from extensions.services.edit import demand_name
from extensions.services.numbers import demand_numbers_free
from extensions.services.secrets import new_sip_password, new_sip_username
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.core.errors import DomainError, refuse_management_instance
from portal.core.events import emit

# What belongs to an extension and is copied as it is. Their destinations are copied, too.
_PARTS: tuple[type[Model], ...] = (SettingValue, BlockedCaller, CallException, SpeedDial, ConferenceMember)


class NameNeeded(DomainError):
    """The directory needs something to show."""


@transaction.atomic
def clone_extension(*, source: Extension, number: str, directory_name: str, by: User, at: datetime) -> Extension:
    """Make `number` with the settings, teams, keys, speed dials and call controls of `source`, and return it.

    It belongs to nobody; `sip_password` is readable this once. The limits apply. Raises what `create_extension` raises
    for the number, and NameTooLong and NameNeeded on `directory_name`.
    """
    refuse_management_instance()
    demand_name(directory_name)
    if not directory_name.strip():
        raise NameNeeded(_("Give the new extension a name."), field="directory_name")
    demand_numbers_free([number])
    capacity().take(EXTENSION, 1)
    made = Extension(
        number=number,
        directory_name=directory_name,
        home_team_id=source.home_team_id,
        sip_username=new_sip_username(),
        sip_password=new_sip_password(),
        state=ExtensionState.UNASSIGNED,
        created_at=at,
    )
    save_number(made)
    for model in _PARTS:
        _copy(model._default_manager.filter(extension=source).order_by("pk"), extension_id=made.pk)
    _join_teams(source, made)
    _copy_keys(source, made)
    emit(ExtensionCreated(extension_id=made.pk, by_id=by.pk))
    _copy_greeting(source, made)
    extensions_changed()
    configuration_changed(by=by)
    return made


def _copy(rows: Iterable[Any], **changes: Any) -> list[Any]:
    copies = list(rows)
    if not copies:
        return []
    model = type(copies[0])
    _copy_destinations(copies)
    for row in copies:
        row.pk = None
        row._state.adding = True  # noqa: SLF001 - how Django says that a row is to be inserted
        for name, value in changes.items():
            setattr(row, name, value)
    # audit: written below, from the rows that were inserted
    made = model._default_manager.bulk_create(copies)
    record_rows(model, [row.pk for row in made], Verb.POST)
    return made


def _copy_destinations(rows: list[Any]) -> None:
    """Each copy gets a destination of its own that leads where the first one leads."""
    owners = [row for row in rows if getattr(row, "destination_id", None)]
    held = Destination.objects.in_bulk([row.destination_id for row in owners])
    copies = _copy([held[row.destination_id] for row in owners])
    for row, destination in zip(owners, copies, strict=True):
        row.destination = destination


def _join_teams(source: Extension, made: Extension) -> None:
    teams = source.memberships.values("team")
    lasts = TeamMember.objects.filter(team__in=teams).values("team").annotate(last=Max("position")).order_by("team")
    new = [TeamMember(team_id=one["team"], extension=made, position=one["last"] + 1) for one in lasts]
    # audit: written below, from the rows that were inserted
    joined = TeamMember.objects.bulk_create(new)
    record_rows(TeamMember, [row.pk for row in joined], Verb.POST)


def _copy_keys(source: Extension, made: Extension) -> None:
    for panel in _copy(KeyPanel.objects.filter(extension=source), extension_id=made.pk):
        _copy(Key.objects.filter(panel__extension=source).order_by("position"), panel_id=panel.pk)


def _copy_greeting(source: Extension, made: Extension) -> None:
    greeting = Mailbox.objects.filter(extension=source).values_list("greeting", flat=True).first()
    box = Mailbox.objects.filter(extension=made).first()
    if greeting and box:
        box.greeting_id = greeting
        box.save(update_fields=["greeting"])
