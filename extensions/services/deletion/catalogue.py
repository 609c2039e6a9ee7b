"""Everything in a tenant's telephone system that refers to something else."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions import models as m
from extensions.models.destination import POINTERS
from extensions.services.deletion.uses import Removal, Use
from extensions.settings.registry import setting

# (model, foreign key): rows that belong to what they refer to and go with it. Apps above add theirs when they load.
PARTS: set[tuple[type[Model], str]] = {
    (m.SettingValue, "extension"),
    (m.SettingValue, "team"),
    (m.SettingValue, "destination"),
    (m.BlockedCaller, "extension"),
    (m.CallException, "extension"),
    (m.SpeedDial, "extension"),
    (m.KeyPanel, "extension"),
    (m.Key, "panel"),
    (m.PhoneAccess, "phone"),
    (m.PhoneFetch, "phone"),
    (m.Presence, "extension"),
    (m.PresenceChange, "extension"),
    (m.Mailbox, "extension"),
    (m.KnownMessage, "mailbox"),
    (m.SetupLink, "extension"),
    (m.Favourite, "extension"),
    (m.TeamMember, "team"),
    (m.TeamScope, "team"),
    (m.WeekInterval, "schedule"),
    (m.ScheduleOverride, "schedule"),
    (m.Schedule.calendars.through, "schedule"),
    (m.Holiday, "calendar"),
    (m.OutgoingRule, "rule_set"),
    (m.ParkingSlot, "lot"),
    (m.ConferenceMember, "room"),
}


def _subject(row: Any) -> str:
    return str(row.extension or row.team or _("Company"))


def _setting_name(row: m.SettingValue) -> str:
    return f"{_subject(row)}: {setting(row.key).label}"


def _of_extension(row: Any) -> tuple[str, list[Any]]:
    return "extensions:detail", [row.extension.number]


def _of_subject(row: Any) -> tuple[str, list[Any]]:
    if row.extension is not None:
        return _of_extension(row)
    return ("extensions:team", [row.team.pk]) if row.team is not None else ("", [])


def _exception_name(row: m.CallException) -> str:
    return f"{row.extension or _('Company')}: {row.label}"


def _key_name(row: m.Key) -> str:
    return _("%(panel)s, key %(place)d") % {"panel": row.panel, "place": row.position + 1}


def _key_link(row: m.Key) -> tuple[str, list[Any]]:
    if row.panel.extension is None:
        return "extensions:key_template", [row.panel.pk]
    return "extensions:keys", [row.panel.extension.number]


def _dial_name(row: m.SpeedDial) -> str:
    return f"{row} ({row.extension})" if row.extension else str(row)


# Who owns a destination: model, its column, and how the owner is named and found.
_OWNERS: tuple[dict[str, Any], ...] = (
    {
        "model": m.SettingValue, "column": "destination", "words": gettext_lazy("Settings that send calls there"),
        "owner": _setting_name, "link": _of_subject, "joins": ("extension", "team"),
        "removed": gettext_lazy("The setting is inherited again."),
    },
    {
        "model": m.Team, "column": "no_answer", "words": gettext_lazy("Teams that send unanswered calls there"),
        "link": lambda row: ("extensions:team", [row.pk]),
        "removed": gettext_lazy("Unanswered calls of the team end."),
    },
    {
        "model": m.CallException, "column": "destination", "words": gettext_lazy("Call exceptions that lead there"),
        "owner": _exception_name, "joins": ("extension",), "removed": gettext_lazy("The exception is removed."),
        "removal": Removal.ROW,
    },
    {
        "model": m.Holiday, "column": "destination", "words": gettext_lazy("Holidays that send calls there"),
        "link": lambda row: ("extensions:holiday_calendar", [row.calendar_id]),
        "removed": gettext_lazy("Calls go where they go on other holidays."),
    },
    {
        "model": m.ScheduleOverride, "column": "destination", "words": gettext_lazy("Schedule overrides"),
        "joins": ("schedule",), "link": lambda row: ("extensions:schedule", [row.schedule_id]),
        "removed": gettext_lazy("Calls go where they go outside office hours."),
    },
    {
        "model": m.ParkingLot, "column": "destination", "words": gettext_lazy("Shared parking"),
        "link": lambda row: ("extensions:parking", []), "also": {"returns_to": m.ParkingReturn.PARKER.value},
        "removed": gettext_lazy("Parked calls return to whoever parked them."),
    },
)  # fmt: skip


def _destinations() -> list[Use]:
    found = []
    for owner in _OWNERS:
        facts = {"removal": Removal.DESTINATION, **owner}
        column = facts.pop("column")
        found += [Use(path=f"{column}__{pointer}", **facts) for pointer in POINTERS.values()]
    return found


def _keys() -> list[Use]:
    pointers = ("extension", "team", "slot", "speed_dial", "status", "feature")
    facts: dict[str, Any] = {
        "model": m.Key, "words": gettext_lazy("Keys of telephones"), "owner": _key_name, "link": _key_link,
        "joins": ("panel", "panel__extension"), "removed": gettext_lazy("The key becomes free."),
    }  # fmt: skip
    return [Use(path=pointer, **facts) for pointer in pointers]


_NUMBERED = (m.Extension, m.Team, m.Mailbox, m.ConferenceRoom, m.ParkingSlot, m.ParkingLot)

USES: tuple[Use, ...] = (
    Use(m.TeamMember, "extension", gettext_lazy("Teams"), gettext_lazy("It leaves the team."), joins=("team",),
        owner=lambda row: str(row.team), link=lambda row: ("extensions:team", [row.team_id]), once_per="team_id"),
    Use(m.Extension, "home_team", gettext_lazy("Extensions that take their settings from it"),
        gettext_lazy("They take their settings from the company."), removal=Removal.CLEAR,
        link=lambda row: ("extensions:detail", [row.number])),
    Use(m.ConferenceMember, "extension", gettext_lazy("Conference rooms"), gettext_lazy("It leaves the room."),
        joins=("room",), owner=lambda row: str(row.room), once_per="room_id",
        link=lambda row: ("extensions:conference_room", [row.room_id])),
    Use(m.Phone, "extension", gettext_lazy("Telephones"), gettext_lazy("They stay, without an extension."),
        removal=Removal.CLEAR, link=lambda row: ("extensions:phone", [row.pk])),
    Use(m.OutsideNumber, "extension", gettext_lazy("Outside number"), gettext_lazy("It becomes available again."),
        removal=Removal.CLEAR, also={"assigned_at": None}, replaceable=False),
    *_keys(),
    *_destinations(),
    Use(m.SpeedDial, "number", gettext_lazy("Speed dials"), gettext_lazy("The speed dial is removed."),
        owner=_dial_name, joins=("extension",), by="number", to=_NUMBERED,
        link=lambda row: _of_extension(row) if row.extension else ("extensions:speed_dials", [])),
    Use(m.Key, "number", gettext_lazy("Keys that dial its number"), gettext_lazy("The key becomes free."),
        owner=_key_name, link=_key_link, joins=("panel", "panel__extension"), by="number", to=_NUMBERED),
    Use(m.SettingValue, "schedule", gettext_lazy("Settings that use it"),
        gettext_lazy("The setting is inherited again."), owner=_setting_name, link=_of_subject,
        joins=("extension", "team")),
    Use(m.SettingValue, "rule_set", gettext_lazy("Settings that use it"),
        gettext_lazy("The setting is inherited again."), owner=_setting_name, link=_of_subject,
        joins=("extension", "team")),
    Use(m.SettingValue, "announcement", gettext_lazy("Settings that use it"),
        gettext_lazy("The setting is inherited again."), owner=_setting_name, link=_of_subject,
        joins=("extension", "team")),
    Use(m.CallException, "schedule", gettext_lazy("Call exceptions"), gettext_lazy("The exception is removed."),
        owner=_exception_name, joins=("extension",)),
    Use(m.Schedule.calendars.through, "holidaycalendar", gettext_lazy("Schedules"),
        gettext_lazy("The schedule goes on without these holidays."), joins=("schedule",), once_per="schedule_id",
        owner=lambda row: str(row.schedule), link=lambda row: ("extensions:schedule", [row.schedule_id])),
    Use(m.Mailbox, "greeting", gettext_lazy("Voicemail boxes"), gettext_lazy("They use the general greeting."),
        removal=Removal.CLEAR, joins=("extension",), link=lambda row: ("extensions:mailbox", [row.pk])),
    Use(m.KeyPanel, "template", gettext_lazy("Key panels made from it"),
        gettext_lazy("Panels that follow it become empty; copies keep their keys."), removal=Removal.CLEAR,
        joins=("extension",), also={"linked": False}),
    Use(m.Presence, "status", gettext_lazy("People who have it now"), gettext_lazy("They become available."),
        joins=("extension",), owner=lambda row: str(row.extension), link=_of_extension),
)  # fmt: skip
