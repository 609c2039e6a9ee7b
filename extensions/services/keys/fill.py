"""Many keys at once: the members of a team, or everybody else, on the keys that are free (BLF-02)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from extensions.keys.visibility import hidden_among
from extensions.models import Extension, Key, KeyKind, KeyPanel, Team
from extensions.services.configuration import configuration_changed
from extensions.services.keys.order import SHOWN
from extensions.services.keys.panels import limit_for, lock_panel
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.audit.sets import record_set
from portal.core.errors import DomainError

FIELDS = ("panel_id", "position", "kind", "label", "extension_id", "locked")


class NobodyToAdd(DomainError):
    """Everybody who could be added has a key already, or does not want to be watched."""


@dataclass(frozen=True, slots=True)
class Filled:
    """How many got a key, how many found no free key, how many do not want to be watched."""

    added: int
    unfitting: int
    hidden: int


@transaction.atomic
def fill_keys(*, panel: KeyPanel, team: Team | None, by: User, version: int | None = None) -> Filled:
    """Put a key for each member of `team` (None: for everybody) on the free keys, in ring order, or by number.

    Left out are the panel's own extension, those who have a key, and those whose calls colleagues may not see.
    Raises NobodyToAdd on `team`.
    """
    locked = lock_panel(panel, version)
    panels = [locked.pk, *([locked.template_id] if locked.linked else [])]
    there = list(Key.objects.filter(panel__in=panels).values_list("position", "extension_id", "kind"))
    watched = {extension for _position, extension, kind in there if kind == KeyKind.PRESENCE}
    people = [one for one in _people(team) if one.pk != locked.extension_id and one.pk not in watched]
    hidden = hidden_among(people)
    wanted = [one for one in people if one.pk not in hidden]
    taken = {position for position, _extension, _kind in there}
    free = [position for position in range(limit_for(locked)) if position not in taken]
    keys = [
        Key(panel=locked, position=position, kind=KeyKind.PRESENCE, extension=one)
        for position, one in zip(free, wanted, strict=False)
    ]
    if not keys:
        raise NobodyToAdd(_nobody(bool(wanted)), field="team")
    write_keys(keys)
    configuration_changed(by=by)
    return Filled(len(keys), len(wanted) - len(keys), len(hidden))


def write_keys(keys: Sequence[Key]) -> None:
    """Insert keys as a set, with their rows in the log."""
    # audit: written below, for the whole set
    made = Key.objects.bulk_create(keys)
    rows = Key.objects.filter(pk__in=[key.pk for key in made]).annotate(shown=SHOWN)
    record_set(rows, verb=Verb.POST, fields=FIELDS, name="shown")


def _people(team: Team | None) -> list[Extension]:
    if team is None:
        return list(Extension.objects.order_by("number")[:500])
    return list(Extension.objects.filter(memberships__team=team).order_by("memberships__position"))


def _nobody(no_room: bool) -> str:
    if no_room:
        return _("No key is free on this telephone. Remove some first, or add an expansion module.")
    return _("There is nobody to add: they have a key already, or do not want to be watched.")
