"""Destinations that lead nowhere: to somebody suspended, to an empty team, to a number that must not be called."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.callflow.loops import ACTIONS, denied
from extensions.callflow.walk import Party
from extensions.models import (
    CallException,
    DestinationKind,
    Holiday,
    ParkingLot,
    ParkingReturn,
    ScheduleOverride,
    SettingValue,
    Team,
)
from extensions.models.destination import POINTERS
from extensions.services.check.problems import Problem, Survey, called
from extensions.services.check.teams import members_of, silent
from extensions.settings.registry import setting
from extensions.snapshot.facts import DestinationFacts, ExtensionFacts, Snapshot
from extensions.snapshot.hours import destination_facts
from portal.core.sentences import Sentence


@dataclass(frozen=True, slots=True)
class _Owner:
    """Rows of one table that send calls somewhere. `sender` is whose rules for outgoing calls count."""

    model: type[Model]
    column: str
    name: Callable[[Any], str | Sentence]
    page: Callable[[Any], str]
    sender: Callable[[Snapshot, Any], Party | None] = lambda _snapshot, _row: None
    joins: tuple[str, ...] = ()
    counts: Callable[[Snapshot, Any], bool] = lambda _snapshot, _row: True

    def rows(self, at: datetime) -> Any:
        """All rows with a destination."""
        found = self.model._default_manager.exclude(**{self.column: None}).select_related(self.column, *self.joins)
        return (found.filter(ends_at__gt=at) if self.model is ScheduleOverride else found).order_by("pk")


def dead_ends(survey: Survey) -> Iterator[Problem]:
    """Every place that sends calls to where nobody can take them."""
    snapshot = survey.snapshot
    for owner in _OWNERS:
        for row in owner.rows(snapshot.taken_at):
            to = destination_facts(getattr(row, owner.column))
            if to is None or not owner.counts(snapshot, row):
                continue
            text = why_dead(snapshot, to, owner.sender(snapshot, row))
            if text is not None:
                yield Problem(f"{row._meta.model_name}:{row.pk}", owner.name(row), text, owner.page(row))


def why_dead(snapshot: Snapshot, to: DestinationFacts, sender: Party | None) -> Sentence | None:
    """Why calls sent there reach nobody; None where they reach somebody."""
    if to.kind in POINTERS and not to.target_id:
        return Sentence(_("It leads to something that is gone."))
    if to.kind is DestinationKind.EXTENSION:
        extension = snapshot.extensions[to.target_id]
        words = {"name": called(extension)}
        return Sentence(_("It leads to %(name)s, who is suspended."), words) if extension.suspended else None
    if to.kind is DestinationKind.TEAM:
        team = snapshot.teams[to.target_id]
        dead = team.no_answer is None and silent(members_of(snapshot, team))
        words = {"name": team.name}
        return Sentence(_("It leads to the team %(name)s, which rings nobody."), words) if dead else None
    if to.kind is DestinationKind.VOICEMAIL and isinstance(sender, ExtensionFacts):
        off = not sender.settings["voicemail.enabled"].value
        return Sentence(_("It leads to voicemail, which is switched off here.")) if off else None
    decision = denied(snapshot, sender, to)
    if decision is None:
        return None
    text = _("It leads to %(number)s, which may not be called. “Test a number” says which rule denies it.")
    return Sentence(text, {"number": decision.number})


def _subject(snapshot: Snapshot, row: SettingValue) -> Party | None:
    if row.extension_id:
        return snapshot.extensions.get(row.extension_id)
    return snapshot.teams.get(row.team_id) if row.team_id else None


def _setting_counts(snapshot: Snapshot, row: SettingValue) -> bool:
    """Whether the setting is in force: a forward's target counts only while the forward is on."""
    party = _subject(snapshot, row)
    held = party.settings if party is not None else snapshot.company
    source, switch = held[row.key].source, row.key.removesuffix(".to")
    here = source is not None and source.level == row.level
    return here and (switch == row.key or bool(held[switch].value))


def _setting_name(row: SettingValue) -> Sentence:
    who = str(row.extension or row.team or "") or _("Company")
    return Sentence(_("%(who)s: %(what)s"), {"who": who, "what": setting(row.key).label})


def _setting_page(row: SettingValue) -> str:
    of_hours = row.key in ACTIONS
    if row.extension is not None:
        page = "extensions:extension_schedule" if of_hours else "extensions:extension_calls"
        return reverse(page, args=[row.extension.number])
    if row.team_id:
        return reverse("extensions:team_schedule" if of_hours else "extensions:team_calls", args=[row.team_id])
    return reverse("extensions:hours" if of_hours else "extensions:calls")


def _exception_name(row: CallException) -> Sentence:
    who = str(row.extension or "") or _("Company")
    return Sentence(_("%(who)s: %(what)s"), {"who": who, "what": row.label})


def _exception_page(row: CallException) -> str:
    if row.extension is None:
        return reverse("extensions:calls_exceptions")
    return reverse("extensions:extension_calls_exceptions", args=[row.extension.number])


_OWNERS = (
    _Owner(
        SettingValue, "destination", _setting_name, _setting_page, _subject, ("extension", "team"), _setting_counts
    ),
    _Owner(
        Team, "no_answer", lambda row: Sentence(_("%(team)s: nobody answers"), {"team": row.name}),
        lambda row: reverse("extensions:team", args=[row.pk]), lambda snapshot, row: snapshot.teams.get(row.pk),
    ),
    _Owner(
        CallException, "destination", _exception_name, _exception_page,
        lambda snapshot, row: snapshot.extensions.get(row.extension_id), ("extension",),
    ),
    _Owner(Holiday, "destination", str, lambda row: reverse("extensions:holiday_edit", args=[row.pk])),
    _Owner(
        ScheduleOverride, "destination", lambda row: str(row.schedule),
        lambda row: reverse("extensions:schedule", args=[row.schedule_id]), joins=("schedule",),
    ),
    _Owner(
        ParkingLot, "destination", lambda row: Sentence(_("Shared parking")), lambda row: reverse("extensions:parking"),
        counts=lambda _snapshot, row: row.returns_to == ParkingReturn.DESTINATION,
    ),
)  # fmt: skip
