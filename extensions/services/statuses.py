"""Which agent statuses exist, what they are called and what they do to calls (PRS-01, PRS-06)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from extensions.models import AgentStatus, Extension, Key, Presence, SettingValue, StatusKind, StatusSource
from extensions.services.configuration import configuration_changed
from extensions.services.presence_log import Change, write_changes
from extensions.services.settings import change_settings
from extensions.settings.registry import settings_of
from extensions.settings.subjects import COMPANY, effective_settings
from portal.accounts.models import User
from portal.audit.models import Verb
from portal.audit.sets import record_set
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from portal.core.versions import lock_version

AUTOMATIC = ("presence.when_open", "presence.when_break", "presence.when_closed")


class NameTaken(DomainError):
    """Another status has this name."""


class MustStay(DomainError):
    """Available and one more status are always in use."""


class ReplacementNeeded(DomainError):
    """The status is in use: what takes its place has to be said."""


@dataclass(frozen=True, slots=True)
class StatusRules:
    """What a status is called, who may set it, and whether team and queue calls reach people who have it."""

    label: str
    set_by_agent: bool
    rings_team: bool
    takes_queue: bool


@transaction.atomic
def edit_status(*, status: AgentStatus, rules: StatusRules, by: User, version: int | None = None) -> AgentStatus:
    """Rename a status, say who may set it, and whether team and queue calls reach people who have it.

    Raises NameTaken (field `label`), MustStay (field `set_by_agent`: everybody can come back) and ChangedMeanwhile.
    """
    locked: AgentStatus = lock_version(AgentStatus, status.pk, version)
    if locked.kind == StatusKind.AVAILABLE and not rules.set_by_agent:
        sentence = _("Everybody can come back to “%(status)s”.") % {"status": rules.label}
        raise MustStay(sentence, field="set_by_agent")
    locked.label, locked.set_by_agent = rules.label, rules.set_by_agent
    locked.rings_team, locked.takes_queue = rules.rings_team, rules.takes_queue
    sentence = _("Another status is called “%(label)s”.") % {"label": rules.label}
    with refusing({"agent_status_label_unique": NameTaken(sentence, field="label")}):
        locked.save()
    configuration_changed(by=by)
    return locked


@transaction.atomic
def switch_on_status(*, status: AgentStatus, by: User) -> AgentStatus:
    """Bring a status into use; nothing happens where it is."""
    locked = AgentStatus.objects.select_for_update().get(pk=status.pk)
    if not locked.enabled:
        locked.enabled = True
        locked.version += 1
        locked.save(update_fields=["enabled", "version"])
        configuration_changed(by=by)
    return locked


@transaction.atomic
def switch_off_status(*, status: AgentStatus, replacement: AgentStatus | None, by: User, at: datetime) -> AgentStatus:
    """Take a status out of use. People, keys and automatic rules that have it get `replacement`, with history.

    Raises MustStay for Available and for the last but one, and ReplacementNeeded (field `replacement`).
    """
    rows = {one.pk: one for one in AgentStatus.objects.select_for_update(no_key=True).order_by("pk")}
    locked = rows[status.pk]
    if locked.kind == StatusKind.AVAILABLE:
        raise MustStay(_("“%(status)s” is what everybody comes back to, and stays.") % {"status": locked.label})
    if not locked.enabled:
        return locked
    if sum(one.enabled for one in rows.values()) <= 2:
        raise MustStay(_("Beside “Available” one more status stays in use. Switch another one on first."))
    instead = rows.get(replacement.pk) if replacement else None
    if any(uses_of(locked).values()):
        _replace(locked, _usable(locked, instead), by=by, at=at)
    locked.enabled = False
    locked.version += 1
    locked.save(update_fields=["enabled", "version"])
    configuration_changed(by=by)
    return locked


@transaction.atomic
def move_status(*, status: AgentStatus, up: bool, by: User) -> None:
    """Swap a status with its neighbour in the order; at the end of the list nothing happens.

    The place counts for the feature code that sets a status, too.
    """
    locked = AgentStatus.objects.select_for_update(no_key=True).order_by("pk")
    # Sorted once they are locked: the database sorts before it waits.
    rows = sorted(locked, key=lambda one: (one.position, one.pk))
    place = next(at for at, one in enumerate(rows) if one.pk == status.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for position, one in enumerate(rows):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
    configuration_changed(by=by)


def uses_of(status: AgentStatus) -> dict[str, int]:
    """How many people have it, keys set it and automatic rules lead to it: `people`, `keys`, `rules`."""
    company = effective_settings(COMPANY, settings_of(AUTOMATIC))
    rules = SettingValue.objects.filter(key__in=AUTOMATIC, value=status.kind)
    found = AgentStatus.objects.filter(pk=status.pk).values(
        n_people=_count(Presence.objects.filter(status=OuterRef("pk"))),
        n_keys=_count(Key.objects.filter(status=OuterRef("pk"))),
        n_rules=_count(rules),
    )
    counted = found.get()
    default = sum(held.value == status.kind and not held.here for held in company.values())
    return {"people": counted["n_people"], "keys": counted["n_keys"], "rules": counted["n_rules"] + default}


def _count(rows: QuerySet[Any]) -> Subquery:
    """How many rows a subquery finds."""
    return Subquery(rows.order_by().annotate(n=Func(F("pk"), function="COUNT")).values("n"))


def _usable(status: AgentStatus, instead: AgentStatus | None) -> AgentStatus:
    if instead is None or not instead.enabled or instead.pk == status.pk:
        raise ReplacementNeeded(
            _("“%(status)s” is in use. Say which status takes its place.") % {"status": status.label},
            field="replacement",
        )
    return instead


def _replace(status: AgentStatus, instead: AgentStatus, *, by: User, at: datetime) -> None:
    having = Q(presence__status=status)
    # Always in the same order, so that two of these never wait for each other.
    ids = list(
        Extension.objects.filter(having).order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True)
    )
    note = _("“%(status)s” is no longer in use") % {"status": status.label}
    write_changes([Change(pk, instead, note=note) for pk in ids], source=StatusSource.MANAGER, by=by, at=at)
    keys = Key.objects.filter(status=status)
    record_set(keys, verb=Verb.PUT, changes={"status": instead.pk}, name="position")
    keys.update(status=instead)  # audit: written above
    rules = SettingValue.objects.filter(key__in=AUTOMATIC, value=status.kind)
    for rule in rules.select_for_update():
        rule.value = instead.kind
        rule.save(update_fields=["value"])
    held = effective_settings(COMPANY, settings_of(AUTOMATIC))
    values = {key: instead.kind for key, one in held.items() if one.value == status.kind and one.locked_by is None}
    if values:
        change_settings(subject=COMPANY, values=values, by=by)
