"""Reads about voicemail boxes: the list, what holds for each, and who may change which."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Case, F, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from extensions.models import Extension, Level, Mailbox, SettingValue
from extensions.scopes import extensions_within, holds_everywhere
from extensions.services.voicemail.settings import deletes_after_mailing
from extensions.settings.catalogue.voicemail import MailMode
from extensions.settings.registry import setting, settings_of
from extensions.settings.resolve import Effective, Said
from extensions.settings.subjects import COMPANY, Subject, effective_settings
from extensions.snapshot.holding import Holding
from portal.accounts.models import User
from portal.permissions import Perm

SHOWN = ("voicemail.enabled", "voicemail.mail", "voicemail.delete_after_mailing")
LIMITS = ("voicemail.retention_days", "voicemail.box_minutes")


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds in the whole company (VM-06)."""

    retention_days: int  # 0: until somebody deletes them
    box_minutes: int

    def is_full(self, box: Mailbox) -> bool:
        """Whether the telephone system reported as much as fits."""
        return self.fills(box.used_seconds)

    def fills(self, used_seconds: int | None) -> bool:
        """Whether so much (None: not reported) leaves no room."""
        return used_seconds is not None and used_seconds >= self.box_minutes * 60


@dataclass(frozen=True, slots=True)
class BoxState:
    """How one box works at present."""

    enabled: bool
    mail: MailMode
    deletes: bool


def mailboxes() -> QuerySet[Mailbox]:
    """All boxes with `dial`, their number, `label`, their name, and `filled`, the seconds in use (-1: not reported).

    `fullest` is the same in every row: the seconds in use of the fullest box.
    """
    shared = Q(extension=None)
    return Mailbox.objects.select_related("extension__user", "greeting").annotate(
        dial=Case(When(shared, then=F("number")), default=F("extension__number")),
        label=Case(When(shared, then=F("name")), default=F("extension__directory_name")),
        filled=Coalesce("used_seconds", -1),
        fullest=Subquery(
            Mailbox.objects.exclude(used_seconds=None).order_by("-used_seconds").values("used_seconds")[:1]
        ),
    )


def mailboxes_within(user: User, permission: Perm = Perm.VOICEMAIL_UPDATE) -> QuerySet[Mailbox]:
    """The boxes that `user` may change: of extensions in reach, and the shared ones for who is not limited to teams.

    Or those for which `user` holds another `permission`.
    """
    found = Q(extension__in=extensions_within(user, permission))
    if holds_everywhere(user, permission):
        found |= Q(extension=None)
    return Mailbox.objects.select_related("extension__user", "extension__home_team", "greeting").filter(found)


def limits() -> Limits:
    """Retention and room in force, in one query."""
    held = effective_settings(COMPANY, settings_of(LIMITS))
    return Limits(*(int(held[key].value) for key in LIMITS))


class BoxStates:
    """How each of some boxes works, and what holds for all, in one query whatever their number."""

    def __init__(self, boxes: Iterable[Mailbox]) -> None:
        self._company: dict[str, list[Said]] = {}
        self._teams: dict[int | None, dict[str, list[Said]]] = {}
        self._extensions: dict[int | None, dict[str, list[Said]]] = {}
        for key, stored in (connection.tenant.platform_settings or {}).items():
            said = Said(Level.PLATFORM, stored.get("value"), bool(stored.get("locked")))
            self._company.setdefault(key, []).append(said)
        for row in _said_about([box.extension for box in boxes if box.extension is not None]):
            self._layer(row).setdefault(row.key, []).append(Said(Level(row.level), row.value, row.locked))
        held = Holding(Level.TENANT, [self._company])
        self.limits = Limits(*(int(held[key].value) for key in LIMITS))

    def _layer(self, row: SettingValue) -> dict[str, list[Said]]:
        if row.level == Level.EXTENSION:
            return self._extensions.setdefault(row.extension_id, {})
        if row.level == Level.TEAM:
            return self._teams.setdefault(row.team_id, {})
        return self._company

    def of(self, box: Mailbox) -> BoxState:
        """The state of one of them. Shared boxes work as the company says, and are never switched off."""
        owner = box.extension
        if owner is None:
            held = Holding(Level.TENANT, [self._company])
        else:
            layers = [self._company, self._teams.get(owner.home_team_id, {}), self._extensions.get(owner.pk, {})]
            held = Holding(Level.EXTENSION, layers)
        mail, enabled, delete = (held[key].value for key in (SHOWN[1], SHOWN[0], SHOWN[2]))
        return BoxState(owner is None or bool(enabled), MailMode(mail), deletes_after_mailing(mail, delete))


def _said_about(owners: list[Extension]) -> QuerySet[SettingValue]:
    teams = {owner.home_team_id for owner in owners if owner.home_team_id}
    bearing = Q(level__in=[Level.TEMPLATE, Level.TENANT])
    bearing |= Q(extension__in=[owner.pk for owner in owners]) | Q(team__in=teams)
    return SettingValue.objects.filter(bearing, key__in=[*SHOWN, *LIMITS])


def box_settings(box: Mailbox) -> list[Effective]:
    """What holds for one box, with where each value comes from."""
    subject = Subject(extension=box.extension) if box.extension else COMPANY
    keys = (*SHOWN, "voicemail.instructions", "voicemail.ring_seconds")
    wanted = [setting(key) for key in keys if box.extension or key not in (SHOWN[0], "voicemail.ring_seconds")]
    held = effective_settings(subject, wanted)
    return [held[one.key] for one in wanted]
