"""A small company as facts, without a database: what evaluations are tested on."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from extensions.models import (
    BlockAction,
    BlockDirection,
    BlockMatch,
    DestinationKind,
    DialKind,
    Feature,
    Level,
    OutgoingMatch,
    RingStrategy,
    StatusKind,
)
from extensions.settings.resolve import Said
from extensions.snapshot.facts import (
    BlockFacts,
    DestinationFacts,
    Dialled,
    ExceptionFacts,
    ExtensionFacts,
    IntervalFacts,
    RuleFacts,
    RuleSetFacts,
    ScheduleFacts,
    Snapshot,
    SpeedDialFacts,
    StatusFacts,
    TeamFacts,
)
from extensions.snapshot.holding import Holding

ANI = "+6561234567"
SINGAPORE = ZoneInfo("Asia/Singapore")
NOON = datetime(2026, 11, 26, 4, tzinfo=UTC)  # a Thursday, 12:00 in Singapore
NIGHT = datetime(2026, 11, 26, 15, tzinfo=UTC)  # 23:00 in Singapore
OFFICE = 7
STATUSES = {
    kind: StatusFacts(kind, str(kind.label), kind not in (StatusKind.DND, StatusKind.LOGGED_OUT), True)
    for kind in StatusKind
}
FEATURES = {"*97": Feature.VOICEMAIL, "**": Feature.DIRECTED_PICKUP, "*72": Feature.FORWARD_ON}


def to_extension(id: int) -> DestinationFacts:
    return DestinationFacts(DestinationKind.EXTENSION, id)


def to_team(id: int) -> DestinationFacts:
    return DestinationFacts(DestinationKind.TEAM, id)


def to_number(number: str) -> DestinationFacts:
    return DestinationFacts(DestinationKind.NUMBER, number=number)


def said(level: Level, values: dict[str, Any], name: str = "") -> dict[str, list[Said]]:
    return {key: [Said(level, value, name=name or str(level.label))] for key, value in values.items()}


def block(
    pattern: str,
    *,
    match: BlockMatch = BlockMatch.NUMBER,
    direction: BlockDirection = BlockDirection.IN,
    action: BlockAction = BlockAction.REJECT,
) -> BlockFacts:
    return BlockFacts(match, pattern, direction, action)


def exception(
    to: DestinationFacts | None, *, prefix: str = "", schedule: int | None = None, when_open: bool = True
) -> ExceptionFacts:
    return ExceptionFacts("Boss", prefix, schedule, when_open, to)


def rules(*lines: tuple[str, str, bool], default: bool = False, id: int = 1) -> RuleSetFacts:
    found = tuple(RuleFacts(OutgoingMatch(match), value, allow, "") for match, value, allow in lines)
    return RuleSetFacts(id, "Office", default, found)


def office_hours(opening: tuple[int, int] = (540, 1080)) -> ScheduleFacts:
    """Monday to Friday, nine to six, in Singapore."""
    week = tuple(IntervalFacts(day, *opening) for day in range(5))
    return ScheduleFacts(OFFICE, "Office hours", SINGAPORE, week, (), (), ())


class Company:
    """Extensions 101, 102 and 103 (ids 1 to 3) and the team Sales 200 (id 5); change what a test is about."""

    def __init__(self, **company: Any) -> None:
        self.company = said(Level.TENANT, company, "the company")
        self.facts: dict[int, dict[str, Any]] = {}
        self.team: dict[str, Any] = {"members": (1, 2), "no_answer": None, "settings": {}}
        self.more: dict[str, Any] = {}
        for id in (1, 2, 3):
            self.extension(id)

    def extension(self, id: int, *, status: StatusKind = StatusKind.AVAILABLE, **facts: Any) -> "Company":
        """Settings of the extension are given as a dictionary `settings`."""
        self.facts[id] = {"status": STATUSES[status], **facts}
        return self

    def ring_group(self, **facts: Any) -> "Company":
        self.team |= facts
        return self

    def has(self, **more: Any) -> "Company":
        """Other facts of the snapshot."""
        self.more |= more
        return self

    def snapshot(self) -> Snapshot:
        numbers = {str(100 + id): Dialled(DialKind.EXTENSION, id) for id in self.facts}
        numbers |= {"200": Dialled(DialKind.TEAM, 5), "*97": Dialled(DialKind.FEATURE, 1)}
        plain: dict[str, Any] = {
            "tenant": "t2", "country": "SG", "zone": SINGAPORE, "ani": ANI, "version": 1, "taken_at": NOON,
            "company": Holding(Level.TENANT, [self.company]), "numbers": numbers,
            "extensions": {id: self._extension(id, dict(facts)) for id, facts in self.facts.items()},
            "teams": {5: self._team()}, "schedules": {OFFICE: office_hours()}, "rule_sets": {}, "mailboxes": {},
            "conferences": {}, "announcements": {9: "Closed"}, "features": FEATURES, "statuses": STATUSES,
            "speed_dials": {"*1": SpeedDialFacts("*1", "Boss", "103")},
        }  # fmt: skip
        return Snapshot(**(plain | self.more))

    def _extension(self, id: int, facts: dict[str, Any]) -> ExtensionFacts:
        settings = said(Level.EXTENSION, facts.pop("settings", {}))
        plain: dict[str, Any] = {
            "id": id, "number": str(100 + id), "name": f"Person {id}", "user_id": None, "suspended": False,
            "home_team_id": None, "blocks": (), "exceptions": (), "speed_dials": (), "mailbox_id": None,
            "settings": Holding(Level.EXTENSION, [self.company, settings]),
        }  # fmt: skip
        return ExtensionFacts(**(plain | facts))

    def _team(self) -> TeamFacts:
        settings = said(Level.TEAM, self.team["settings"], "Sales")
        holding = Holding(Level.TEAM, [self.company, settings])
        members, no_answer = self.team["members"], self.team["no_answer"]
        return TeamFacts(5, "Sales", "200", RingStrategy.ALL, 20, no_answer, members, holding)
