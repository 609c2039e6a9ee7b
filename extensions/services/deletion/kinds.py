"""What can be deleted safely: what it is called, where it lives, who may, and what else must happen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from extensions import models as m
from extensions.capacity import CONFERENCE, EXTENSION, PARKING_SLOT, PHONE, TEAM, capacity
from extensions.services.counting import extensions_changed
from portal.permissions import Perm


def nothing(ids: Sequence[int]) -> None:
    """No effect beyond the rows."""


def _extensions_leave(ids: Sequence[int]) -> None:
    # Before their rows are locked: what is counted by pools locks those first, as everybody does.
    capacity().give_back(EXTENSION, len(ids))


def _extensions_gone(ids: Sequence[int]) -> None:
    extensions_changed()


def _extensions_back(ids: Sequence[int]) -> None:
    capacity().take(EXTENSION, len(ids))
    extensions_changed()


def _rooms_gone(ids: Sequence[int]) -> None:
    capacity().give_back(CONFERENCE, len(ids))


def _rooms_back(ids: Sequence[int]) -> None:
    capacity().take(CONFERENCE, len(ids))


def _slots_gone(ids: Sequence[int]) -> None:
    capacity().give_back(PARKING_SLOT, len(ids))


def _slots_back(ids: Sequence[int]) -> None:
    capacity().take(PARKING_SLOT, len(ids))


def _teams_gone(ids: Sequence[int]) -> None:
    capacity().give_back(TEAM, len(ids))


def _teams_back(ids: Sequence[int]) -> None:
    capacity().take(TEAM, len(ids))


def _phones_gone(ids: Sequence[int]) -> None:
    capacity().give_back(PHONE, len(ids))


def _phones_back(ids: Sequence[int]) -> None:
    capacity().take(PHONE, len(ids))


def _anyhow() -> bool:
    return True


def _no_money() -> bool:
    return not getattr(capacity(), "costs_money", False)


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of object. `word` is its name in the singular; `among` what a replacement is chosen from.

    `leave` runs in the deletion's transaction before anything is locked, `gone` once the rows are away, `back` in an
    undo's before they return; all get the ids. `undoable` is asked when something is deleted (UXP-07: not where licence
    money is involved).
    """

    model: type[Model]
    word: Any
    permission: Perm
    list_url: str = ""
    among: Q = Q()
    order: str = "name"
    leave: Callable[[Sequence[int]], None] = nothing
    gone: Callable[[Sequence[int]], None] = nothing
    back: Callable[[Sequence[int]], None] = nothing
    undoable: Callable[[], bool] = _anyhow

    def choices(self) -> QuerySet:
        """Everything that could take the place of one of these."""
        found: QuerySet = self.model._default_manager.filter(self.among)
        return found.order_by(self.order, "pk")


KINDS = {
    kind.model: kind
    for kind in (
        Kind(m.Extension, _("Extension"), Perm.EXTENSION_DELETE, "extensions:list", order="number",
             leave=_extensions_leave, gone=_extensions_gone, back=_extensions_back, undoable=_no_money),
        Kind(m.Team, _("Team"), Perm.TEAM_DELETE, "extensions:teams", gone=_teams_gone, back=_teams_back),
        Kind(m.Schedule, _("Schedule"), Perm.SCHEDULE_DELETE, "extensions:schedules"),
        Kind(m.ScheduleOverride, _("Schedule override"), Perm.SCHEDULE_OVERRIDE, order="starts_at"),
        Kind(m.HolidayCalendar, _("Holiday calendar"), Perm.SCHEDULE_DELETE, "extensions:holiday_calendars"),
        Kind(m.Holiday, _("Holiday"), Perm.SCHEDULE_DELETE),
        Kind(m.Mailbox, _("Voicemail box"), Perm.VOICEMAIL_DELETE, "extensions:mailboxes", among=Q(extension=None),
             order="number"),
        Kind(m.ConferenceRoom, _("Conference room"), Perm.CONFERENCE_DELETE, "extensions:conference_rooms",
             order="number", gone=_rooms_gone, back=_rooms_back),
        Kind(m.AudioFile, _("Sound"), Perm.AUDIO_DELETE, "extensions:sounds"),
        Kind(m.OutgoingRuleSet, _("Rules for outgoing calls"), Perm.CALL_CONTROL_UPDATE, "extensions:rule_sets"),
        Kind(m.OutgoingRule, _("Rule for outgoing calls"), Perm.CALL_CONTROL_UPDATE, order="position"),
        Kind(m.BlockedCaller, _("Blocked caller"), Perm.CALL_CONTROL_UPDATE, order="pattern"),
        Kind(m.CallException, _("Call exception"), Perm.CALL_CONTROL_UPDATE, order="position"),
        Kind(m.ParkingSlot, _("Parking slot"), Perm.PARKING_UPDATE, "extensions:parking", order="number",
             gone=_slots_gone, back=_slots_back),
        Kind(m.ParkingLot, _("Shared parking"), Perm.PARKING_UPDATE, "extensions:parking", order="number"),
        Kind(m.SpeedDial, _("Speed dial"), Perm.SPEED_DIAL_UPDATE, order="code"),
        Kind(m.KeyPanel, _("Key template"), Perm.KEY_UPDATE, "extensions:key_templates", among=Q(extension=None)),
        Kind(m.Key, _("Key"), Perm.KEY_UPDATE, order="position"),
        Kind(m.Phone, _("Telephone"), Perm.PHONE_DELETE, "extensions:phones", order="mac",
             gone=_phones_gone, back=_phones_back),
        Kind(m.AgentStatus, _("Agent status"), Perm.STATUS_UPDATE, order="position"),
        Kind(m.CallTest, _("Call test"), Perm.CALL_FLOW_UPDATE),
    )
}  # fmt: skip


def kind_of(model: type[Model]) -> Kind:
    """The kind of a model; KeyError for one that is not deleted through here."""
    return KINDS[model]
