"""One row of every audited table of the telephone system, and one change to each."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import models
from django.utils import timezone

from extensions import models as phones
from portal.accounts.models import Role, User

Row = tuple[Callable[[], models.Model], str, Any]


def _word() -> str:
    return f"Zoe {uuid4().hex[:6]}"


def _saved(row: models.Model) -> Any:
    row.save()
    return row


def saved_extension() -> phones.Extension:
    """The first extension there is, made where there is none."""
    return phones.Extension.objects.order_by("pk").first() or _saved(
        phones.Extension(number="878", directory_name="Zoe", sip_username=uuid4().hex, created_at=timezone.now())
    )


def _team() -> phones.Team:
    return phones.Team(name=_word())


def _member() -> phones.TeamMember:
    return phones.TeamMember(team=_saved(_team()), extension=saved_extension(), position=0)


def _scope() -> phones.TeamScope:
    user = _saved(User(username=f"{uuid4().hex[:8]}@alpha.example", display_name="Zoe"))
    return phones.TeamScope(user=user, role=Role.objects.order_by("pk").first(), team=_saved(_team()))


def _sound() -> phones.AudioFile:
    return phones.AudioFile(
        name=_word(), purpose="announcement", path="sounds/zoe.wav", format="wav", size=1, milliseconds=1,
        sha256="0" * 64, uploaded_at=timezone.now(),
    )  # fmt: skip


def _schedule() -> phones.Schedule:
    return phones.Schedule(name=_word())


def _interval() -> phones.WeekInterval:
    return phones.WeekInterval(schedule=_saved(_schedule()), kind="open", weekday=0, starts=540, ends=1020)


def _override() -> phones.ScheduleOverride:
    now = timezone.now()
    return phones.ScheduleOverride(
        schedule=_saved(_schedule()), mode="open", starts_at=now, ends_at=now + timedelta(hours=1)
    )


def _calendar() -> phones.HolidayCalendar:
    return phones.HolidayCalendar(name=_word())


def _holiday() -> phones.Holiday:
    return phones.Holiday(
        calendar=_saved(_calendar()), name="New Year", kind="date", first_day=timezone.now().date(), recurring=True
    )


def _status() -> phones.AgentStatus:
    phones.AgentStatus.objects.filter(kind="custom_2").delete()
    return phones.AgentStatus(kind="custom_2", label=_word())


def _rules() -> phones.OutgoingRuleSet:
    return phones.OutgoingRuleSet(name=_word())


def _rule() -> phones.OutgoingRule:
    return phones.OutgoingRule(rule_set=_saved(_rules()), position=0, match="class", value="premium", allow=False)


def _lot() -> phones.ParkingLot:
    phones.ParkingLot.objects.all().delete()
    return phones.ParkingLot(pk=1, number="700")


def _slot() -> phones.ParkingSlot:
    return phones.ParkingSlot(lot=_saved(_lot()), number="701")


def _panel() -> phones.KeyPanel:
    return phones.KeyPanel(name=_word())


def _room() -> phones.ConferenceRoom:
    return phones.ConferenceRoom(number="900", name=_word(), pin="not-for-the-log")


def _feature() -> phones.FeatureCode:
    phones.FeatureCode.objects.filter(feature="echo").delete()
    return phones.FeatureCode(feature="echo", code="*431")


def _test() -> phones.CallTest:
    return phones.CallTest(name=_word(), dialled="101", at=timezone.now(), expected="Voicemail")


def _phone() -> phones.Phone:
    return phones.Phone(mac=uuid4().hex[:12], model="generic", created_at=timezone.now())


def _access() -> phones.PhoneAccess:
    return phones.PhoneAccess(
        phone=_saved(_phone()), secret="not-for-the-log", digest=uuid4().hex, user="zoe", password="not-for-the-log",
        admin_password="not-for-the-log", issued_at=timezone.now(), until=timezone.now(),
    )  # fmt: skip


ROWS: dict[type[models.Model], Row] = {
    phones.Destination: (lambda: phones.Destination(kind="hangup"), "kind", "voicemail"),
    phones.SettingValue: (
        lambda: phones.SettingValue(key="voicemail.ring_seconds", level="tenant", value=20), "value", 40
    ),
    phones.Team: (_team, "description", "At night"),
    phones.TeamMember: (_member, "position", 3),
    phones.TeamScope: (_scope, "", None),
    phones.AudioFile: (_sound, "name", "Goodbye"),
    phones.Schedule: (_schedule, "name", "Summer"),
    phones.WeekInterval: (_interval, "ends", 1080),
    phones.ScheduleOverride: (_override, "reason", "Party"),
    phones.HolidayCalendar: (_calendar, "country", "SG"),
    phones.Holiday: (_holiday, "name", "First of January"),
    phones.AgentStatus: (_status, "enabled", False),
    phones.BlockedCaller: (
        lambda: phones.BlockedCaller(match="prefix", pattern="+979", direction="in", action="reject"), "note", "Costly"
    ),
    phones.CallException: (lambda: phones.CallException(label="Boss", prefix="+65"), "label", "Chief"),
    phones.OutgoingRuleSet: (_rules, "allow_by_default", True),
    phones.OutgoingRule: (_rule, "allow", True),
    phones.ParkingLot: (_lot, "timeout", 120),
    phones.ParkingSlot: (_slot, "label", "Hall"),
    phones.Mailbox: (
        lambda: phones.Mailbox(number="950", name=_word(), pin="not-for-the-log"), "pin", "also-not-for-the-log"
    ),
    phones.SpeedDial: (lambda: phones.SpeedDial(code="*1", label="Taxi", number="+6565522222"), "label", "Cab"),
    phones.KeyPanel: (_panel, "model", "generic"),
    phones.Key: (lambda: phones.Key(panel=_saved(_panel()), position=0, kind="line"), "label", "Line 1"),
    phones.Phone: (_phone, "place", "Hall"),
    phones.PhoneAccess: (_access, "password", "also-not-for-the-log"),
    phones.ConferenceRoom: (_room, "pin", "also-not-for-the-log"),
    phones.ConferenceMember: (
        lambda: phones.ConferenceMember(room=_saved(_room()), extension=saved_extension()), "", None
    ),
    phones.FeatureCode: (_feature, "enabled", False),
    phones.CallTest: (_test, "name", "At noon"),
}  # fmt: skip
