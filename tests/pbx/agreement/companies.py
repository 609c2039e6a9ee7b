"""Companies drawn at random, with every rule that can send a call somewhere."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from extensions.callflow.profiles import conditions_of
from extensions.models import (
    BlockAction,
    BlockDirection,
    BlockMatch,
    CallClass,
    DestinationKind,
    DialKind,
    Feature,
    HolidayKind,
    Level,
    OutgoingMatch,
    OverrideMode,
    ParkingReturn,
    RingStrategy,
    StatusKind,
)
from extensions.pbx.facts import BoxSecrets, LineSecrets, RoomSecrets, TenantFacts
from extensions.settings.catalogue.forwarding import Condition, Origin, key_of
from extensions.snapshot.facts import (
    BlockFacts,
    ConferenceFacts,
    DestinationFacts,
    Dialled,
    ExceptionFacts,
    ExtensionFacts,
    HolidayFacts,
    IntervalFacts,
    MailboxFacts,
    OverrideFacts,
    ParkingFacts,
    RuleFacts,
    RuleSetFacts,
    ScheduleFacts,
    Snapshot,
    SpeedDialFacts,
    StatusFacts,
    TeamFacts,
)
from extensions.snapshot.holding import Holding
from tests.extensions.calls.facts import said

TAKEN = datetime(2026, 11, 26, 4, tzinfo=UTC)
ZONES = ("Asia/Singapore", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
COUNTRIES = {"SG": "+6561234567", "DE": "+493012345678", "US": "+12125550123", "GB": "+442079460123"}
OUTSIDE = ("+4915112345678", "+6591234567", "+493098765432", "+12125550199", "+4490912345678", "+390612345678")
# Around these the clocks change somewhere.
TURNS = tuple(datetime(*day, tzinfo=UTC) for day in ((2027, 3, 28), (2027, 10, 31), (2027, 3, 14, 6), (2027, 4, 3, 14)))
EXTENSIONS, TEAMS, SCHEDULES = range(1, 9), (51, 52, 53), (7, 8, 9)
FEATURES = {
    "*97": Feature.VOICEMAIL, "*8": Feature.PICKUP, "**": Feature.DIRECTED_PICKUP, "*78": Feature.DND_ON,
    "*79": Feature.DND_OFF, "*72": Feature.FORWARD_ON, "*73": Feature.FORWARD_OFF, "*28": Feature.NIGHT_MODE,
    "*45": Feature.TEAM_LOGIN, "*44": Feature.STATUS, "*80": Feature.INTERCOM, "*43": Feature.ECHO,
}  # fmt: skip


class Draw:
    """One company for each seed."""

    def __init__(self, seed: int, *, slug: str = "t901") -> None:
        self.dice = random.Random(seed)  # noqa: S311 - the same company for the same seed
        self.slug = slug
        self.country = self.dice.choice(list(COUNTRIES))
        self.ani = COUNTRIES[self.country]
        self.zone = ZoneInfo(self.dice.choice(ZONES))

    def often(self, chance: float) -> bool:
        return self.dice.random() < chance

    def facts(self) -> TenantFacts:
        """The company with its secrets."""
        snapshot = self.snapshot()
        return TenantFacts(
            snapshot=snapshot,
            fqdn=f"{self.slug}.example",
            most_calls=0,
            lines={id: LineSecrets(f"user{id}", f"{id:032x}") for id in EXTENSIONS},
            boxes={box: BoxSecrets("4711", None) for box in snapshot.mailboxes},
            rooms={3: RoomSecrets("", announce=False, wait_for_member=False, members=frozenset({1}))},
            places=tuple(StatusKind),
        )

    def snapshot(self) -> Snapshot:
        company = said(Level.TENANT, self.settings(0.15) | {"inbound.main": self.destination()}, "the company")
        statuses = {
            kind: StatusFacts(kind, str(kind.label), kind not in (StatusKind.DND, StatusKind.LOGGED_OUT), True)
            for kind in StatusKind
        }
        boxes = {100 + id: MailboxFacts(100 + id, str(100 + id), f"Person {id}", id) for id in EXTENSIONS}
        boxes[200] = MailboxFacts(200, "650", "Shared", None)
        rooms = {3: ConferenceFacts(3, "660", "Room", 20, False)}
        lot = ParkingFacts("700", ("701", "702", "703"), 900, ParkingReturn.PARKER, None)
        numbers = {str(100 + id): Dialled(DialKind.EXTENSION, id) for id in EXTENSIONS}
        numbers |= {str(550 + id): Dialled(DialKind.TEAM, id) for id in TEAMS}
        numbers |= {"650": Dialled(DialKind.MAILBOX, 200), "660": Dialled(DialKind.CONFERENCE, 3)}
        numbers |= {"700": Dialled(DialKind.PARKING, 1)} | {one: Dialled(DialKind.SLOT, 1) for one in lot.slots}
        numbers |= {code: Dialled(DialKind.FEATURE, at) for at, code in enumerate(FEATURES)}
        return Snapshot(
            tenant=self.slug, country=self.country, zone=self.zone, ani=self.ani, version=1, taken_at=TAKEN,
            company=Holding(Level.TENANT, [company]), numbers=numbers,
            extensions={id: self.extension(id, company, statuses) for id in EXTENSIONS},
            teams={id: self.team(id, company) for id in TEAMS},
            schedules={id: self.schedule(id) for id in SCHEDULES},
            rule_sets={id: self.rules(id) for id in (1, 2)}, mailboxes=boxes, conferences=rooms,
            announcements={9: "Closed"}, features=FEATURES,
            speed_dials={"*01": SpeedDialFacts("*01", "Boss", "103"), "*02": SpeedDialFacts("*02", "Out", OUTSIDE[0])},
            blocks=self.blocks(), exceptions=self.exceptions(), statuses=statuses, parking=lot,
            outside={self.own_number(id): id for id in EXTENSIONS},
        )  # fmt: skip

    def own_number(self, id: int) -> str:
        """The outside number that rings extension `id`."""
        return f"{self.ani[:-2]}{id:02d}"

    def extension(self, id: int, company: Any, statuses: dict[StatusKind, StatusFacts]) -> ExtensionFacts:
        own = self.settings(0.25) if self.often(0.7) else {}
        dials = (SpeedDialFacts("*01", "Mine", "104"), SpeedDialFacts("*05", "Out", OUTSIDE[1]))
        return ExtensionFacts(
            id=id, number=str(100 + id), name=f"Person {id}", user_id=None, suspended=self.often(0.06),
            home_team_id=None, status=statuses[self.dice.choice(list(StatusKind))], blocks=self.blocks(),
            exceptions=self.exceptions(), speed_dials=dials if id % 2 else (), mailbox_id=100 + id,
            settings=Holding(Level.EXTENSION, [company, said(Level.EXTENSION, own)]),
        )  # fmt: skip

    def team(self, id: int, company: Any) -> TeamFacts:
        # One who can always be rung: whether nobody can is the queue's own affair, which a trial does not ask.
        settings = self.settings(0.2)
        return TeamFacts(
            id=id, name=f"Team {id}", number=str(550 + id), strategy=self.dice.choice(list(RingStrategy)),
            ring_seconds=20, no_answer=self.destination() if self.often(0.7) else None,
            members=tuple(self.dice.sample(list(EXTENSIONS), 4)),
            settings=Holding(Level.TEAM, [company, said(Level.TEAM, settings)]),
        )  # fmt: skip

    def settings(self, chance: float) -> dict[str, Any]:  # noqa: C901 - one line for each
        """Forwards, hours and outgoing rules, each with this chance."""
        found: dict[str, Any] = {}
        for kind in StatusKind:
            for origin in Origin:
                for condition in conditions_of(kind):
                    if self.often(chance / (3 if condition is Condition.ALWAYS else 1)):
                        key = key_of(kind, origin, condition)
                        found |= {key: True, f"{key}.to": self.destination() if self.often(0.8) else None}
        if self.often(chance * 2):
            found["hours.schedule"] = self.dice.choice(SCHEDULES)
            found["hours.breaks"] = self.dice.choice([None, *SCHEDULES])
            found["hours.exempt_from_holidays"] = self.often(0.3)
            for key in ("hours.closed_action", "hours.break_action", "hours.holiday_action"):
                found[key] = self.destination() if self.often(0.7) else None
        if self.often(chance):
            found["outgoing.rules"] = self.dice.choice((1, 2))
        if self.often(chance):
            found["outgoing.hours"] = self.dice.choice(SCHEDULES)
        if self.often(chance):
            found["voicemail.enabled"] = self.often(0.5)
        return found

    def destination(self) -> DestinationFacts:
        kinds = [
            DestinationFacts(DestinationKind.EXTENSION, self.dice.choice(list(EXTENSIONS))),
            DestinationFacts(DestinationKind.TEAM, self.dice.choice(TEAMS)),
            DestinationFacts(DestinationKind.VOICEMAIL),
            DestinationFacts(DestinationKind.MAILBOX, 200),
            DestinationFacts(DestinationKind.CONFERENCE, 3),
            DestinationFacts(DestinationKind.ANNOUNCEMENT, 9),
            DestinationFacts(DestinationKind.HANGUP),
            DestinationFacts(DestinationKind.NUMBER, number=self.dice.choice(OUTSIDE)),
        ]
        return self.dice.choices(kinds, [4, 3, 1, 1, 1, 1, 1, 2])[0]

    def blocks(self) -> tuple[BlockFacts, ...]:
        found = []
        for _ in range(self.dice.randrange(4) if self.often(0.4) else 0):
            number = self.dice.choice((*OUTSIDE, "101", "102"))
            match = self.dice.choice(list(BlockMatch))
            pattern = {BlockMatch.NUMBER: number, BlockMatch.PREFIX: number[: self.dice.randrange(1, 8)]}.get(match, "")
            action = self.dice.choice(list(BlockAction))
            found.append(BlockFacts(match, pattern, self.dice.choice(list(BlockDirection)), action))
        return tuple(found)

    def exceptions(self) -> tuple[ExceptionFacts, ...]:
        return tuple(
            ExceptionFacts(
                "Boss", self.dice.choice(("", "+49", "10", OUTSIDE[2][:6])), self.dice.choice((None, *SCHEDULES)),
                self.often(0.5), self.destination() if self.often(0.8) else None,
            )
            for _ in range(self.dice.randrange(1, 3) if self.often(0.25) else 0)
        )  # fmt: skip

    def rules(self, id: int) -> RuleSetFacts:
        lines = []
        for _ in range(self.dice.randrange(5)):
            match = self.dice.choice(list(OutgoingMatch))
            value = {
                OutgoingMatch.CLASS: self.dice.choice([one.value for one in CallClass if one != "emergency"]),
                OutgoingMatch.COUNTRY: self.dice.choice(("DE", "US", "GB", "SG", "IT")),
            }.get(match) or self.dice.choice(OUTSIDE)[: self.dice.randrange(2, 7)]
            lines.append(RuleFacts(match, value, self.often(0.5), ""))
        return RuleSetFacts(id, f"Rules {id}", self.often(0.5), tuple(lines))

    # --- hours ---------------------------------------------------------------------------------------------------
    def schedule(self, id: int) -> ScheduleFacts:
        opening = tuple(self.interval(600) for _ in range(self.dice.randrange(9)))
        return ScheduleFacts(
            id=id, name=f"Hours {id}", zone=ZoneInfo(self.dice.choice(ZONES)), opening=opening,
            breaks=tuple(self.interval(120) for _ in range(self.dice.randrange(4))),
            holidays=tuple(self.holiday(n) for n in range(self.dice.randrange(6))),
            overrides=tuple(self.override() for _ in range(self.dice.randrange(3) if self.often(0.4) else 0)),
        )  # fmt: skip

    def interval(self, most: int) -> IntervalFacts:
        """Sometimes over midnight, sometimes the whole day."""
        starts = self.dice.choice((0, 540, self.dice.randrange(1440)))
        return IntervalFacts(self.dice.randrange(7), starts, min(starts + self.dice.randrange(1, most), starts + 1440))

    def holiday(self, id: int) -> HolidayFacts:
        kind = self.dice.choice(list(HolidayKind))
        first = date(2026, 1, 1) + timedelta(days=self.dice.randrange(720))
        last = first + timedelta(days=self.dice.randrange(1, 20)) if kind is HolidayKind.RANGE else None
        starts = self.dice.randrange(0, 1200) if self.often(0.3) else None
        return HolidayFacts(
            id=id, name=f"Holiday {id}", kind=kind, first_day=None if kind is HolidayKind.RULE else first,
            last_day=last, month=self.dice.randrange(1, 13), weekday=self.dice.randrange(7),
            nth=self.dice.choice((1, 2, 3, 4, -1)), recurring=self.often(0.5), starts=starts,
            ends=None if starts is None else starts + self.dice.randrange(1, 240),
            destination=self.destination() if self.often(0.4) else None, calendar="Days", is_global=self.often(0.4),
        )  # fmt: skip

    def override(self) -> OverrideFacts:
        starts = TAKEN + timedelta(hours=self.dice.randrange(-48, 24 * 400))
        ends = starts + timedelta(hours=self.dice.randrange(1, 24 * 60))
        to = self.destination() if self.often(0.5) else None
        return OverrideFacts(self.dice.choice(list(OverrideMode)), starts, ends, "", to)

    def moment(self) -> datetime:
        """Within two years, often on an edge: the hour, midnight, a change of the clocks."""
        found = TAKEN + timedelta(minutes=self.dice.randrange(2 * 365 * 24 * 60))
        if self.often(0.3):
            found = found.replace(minute=0)
        if self.often(0.15):
            found = self.dice.choice(TURNS) + timedelta(minutes=self.dice.randrange(240))
        return found
