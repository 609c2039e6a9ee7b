"""What a large company has beside its people: weeks, holidays, slots, rooms, rules, speed dials, blocked callers."""

from datetime import date, timedelta

from django.utils import timezone

from extensions.models import (
    AudioFile,
    BlockedCaller,
    CallException,
    CallTest,
    ConferenceMember,
    ConferenceRoom,
    Extension,
    Holiday,
    HolidayCalendar,
    OutgoingRule,
    OutgoingRuleSet,
    ParkingLot,
    ParkingSlot,
    Schedule,
    ScheduleOverride,
    SpeedDial,
    WeekInterval,
)

SCHEDULES, CALENDARS, HOLIDAYS, SLOTS, ROOMS, BLOCKED = 60, 40, 500, 99, 60, 3_000
LOT, FIRST_ROOM = 60_000, 50_000
BATCH = 2000


def fill() -> None:
    """Everything; the first of each kind has most."""
    first = Extension.objects.order_by("number").first()
    _weeks()
    ParkingSlot.objects.all().delete()
    ParkingLot.objects.update_or_create(pk=1, defaults={"number": str(LOT)})
    ParkingSlot.objects.bulk_create(
        ParkingSlot(lot_id=1, number=str(LOT + n), label=f"Warehouse gate number {n}" if n % 3 == 0 else "")
        for n in range(1, SLOTS + 1)
    )
    _rooms()
    _dials(first)
    for owner, many in ((None, BLOCKED), (first, 300)):
        BlockedCaller.objects.bulk_create(
            [BlockedCaller(extension=owner, match="prefix" if n % 9 == 0 else "number", pattern=f"+4930{n:07}",
                           direction="both" if n % 5 == 0 else "in", action=("reject", "busy", "voicemail")[n % 3],
                           note="Calls every day at lunch time and hangs up as soon as somebody answers" * (n % 2))
             for n in range(many)], BATCH,
        )  # fmt: skip
    _rules(first)


def _weeks() -> None:
    today = timezone.localdate()
    calendars = HolidayCalendar.objects.bulk_create(
        HolidayCalendar(name=f"Days off in plant {n}, with bridge days", country="DE", is_global=n == 0)
        for n in range(CALENDARS)
    )
    Holiday.objects.bulk_create(
        Holiday(calendar=calendars[0 if n < 120 else n % CALENDARS], name=f"Company holiday {n}", kind="date",
                first_day=date(today.year, 1, 1) + timedelta(days=n % 365), recurring=n % 2 == 0)
        for n in range(HOLIDAYS)
    )  # fmt: skip
    schedules = Schedule.objects.bulk_create(
        Schedule(name=f"Opening hours of plant {n}, day and night shift", time_zone="Asia/Bangkok" if n % 4 else None)
        for n in range(SCHEDULES)
    )
    WeekInterval.objects.bulk_create(
        WeekInterval(schedule=schedule, kind=kind, weekday=day, starts=starts, ends=ends)
        for n, schedule in enumerate(schedules)
        for day in range(7 if n < 5 else 5)
        for kind, starts, ends in (("open", 7 * 60 + n, 12 * 60), ("open", 12 * 60 + 15, 18 * 60),
                                   ("open", 22 * 60, 30 * 60), ("break", 10 * 60, 10 * 60 + 15))
    )  # fmt: skip
    through = Schedule.calendars.through
    through.objects.bulk_create(through(schedule=schedules[0], holidaycalendar=each) for each in calendars)
    now = timezone.now()
    ScheduleOverride.objects.bulk_create(
        ScheduleOverride(schedule=schedules[0], mode="closed", starts_at=now + timedelta(days=n),
                         ends_at=now + timedelta(days=n, hours=5), reason="Fire drill and inventory in all buildings")
        for n in range(30)
    )  # fmt: skip


def _rooms() -> None:
    rooms = ConferenceRoom.objects.bulk_create(
        ConferenceRoom(number=str(FIRST_ROOM + n), name=f"Weekly meeting of plant {n}", pin="314159", most=200)
        for n in range(ROOMS)
    )
    people = Extension.objects.order_by("number")[:150]
    ConferenceMember.objects.bulk_create(ConferenceMember(room=rooms[0], extension=row) for row in people)


def _dials(first: Extension) -> None:
    codes = [f"*{n}" for n in range(10)] + [f"*{n:02}" for n in range(100)]
    SpeedDial.objects.filter(extension=None).delete()
    SpeedDial.objects.bulk_create(
        SpeedDial(extension=owner, code=code, label=f"Forwarding agent, harbour line {code}", number="+494012345")
        for owner in (None, first)
        for code in codes
    )  # fmt: skip


def _rules(first: Extension) -> None:
    AudioFile.objects.bulk_create(
        AudioFile(name=f"Greeting of plant {n} in the evening", purpose="announcement", path=f"none/{n}.wav",
                  format="wav", size=480_000, milliseconds=30_000, sha256="0" * 64, uploaded_at=timezone.now())
        for n in range(80)
    )  # fmt: skip
    sets = OutgoingRuleSet.objects.bulk_create(OutgoingRuleSet(name=f"Calls from plant {n}") for n in range(40))
    OutgoingRule.objects.bulk_create(
        OutgoingRule(rule_set=sets[0], position=n, match="prefix", value=f"+4930{n:04}", allow=n % 2 == 0)
        for n in range(200)
    )
    schedule = Schedule.objects.order_by("pk").first()
    CallException.objects.bulk_create(
        CallException(extension=owner, position=n, label=f"Customers of the harbour, group {n}", prefix=f"+4940{n:03}",
                      schedule=schedule)
        for owner in (None, first)
        for n in range(100)
    )  # fmt: skip
    CallTest.objects.bulk_create(
        CallTest(name=f"A customer calls plant {n} at night", caller="+4930123456", dialled="10001", at=timezone.now(),
                 expected="extension", expected_words="Rings at the night watch, then goes to voicemail",
                 state=("new", "passed", "failed")[n % 3])
        for n in range(100)
    )  # fmt: skip
