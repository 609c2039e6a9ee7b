"""A tenant's telephones at work, one tick at a time. Pure: the same cast, seed and ticks give the same events.

Everything that is the case is a dictionary of events by the field they are about; a tick changes some of them, and what
differs is told, as a PBX would tell it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from extensions.pbx.driver import Flags
from extensions.pbx.events import (
    BoxCount,
    Contact,
    Leg,
    LegGone,
    LegState,
    Line,
    LineState,
    Member,
    Registered,
    SlotFree,
    TenantEvent,
)
from extensions.pbx.live.wire import field_of
from extensions.pbx.messages import Folder, Message
from extensions.pbx.simulator.cast import Cast
from extensions.pbx.simulator.scene import Outside, Scene, Stage
from extensions.pbx.simulator.tapes import tapes_of
from extensions.pbx.simulator.writer import Writer

MODELS = ("Yealink SIP-T54W 96.86.0.70", "snomD785/10.1.184.15", "Poly/VVX 450", "Grandstream GXP2170", "Fanvil X5U")
UNDISTURBED = frozenset({"dnd", "away", "logged_out"})  # statuses in which the simulator lets nobody ring
RETURNS_AFTER = timedelta(minutes=15)
MOST_CALLS = 24
MOST_NEW = 9  # messages in a box; a demonstration nobody looks after must not fill up
_LINES = {
    LegState.RINGING: LineState.RINGING,
    LegState.HOLD: LineState.ON_HOLD,
    LegState.UP: LineState.IN_CALL,
    LegState.DIALLING: LineState.IN_CALL,
    LegState.PARKED: LineState.IDLE,
}


class Play:
    """One tenant. `events` is everything that is the case now."""

    def __init__(self, cast: Cast, *, seed: str, flags: Flags | None = None) -> None:
        self.cast = cast
        self.flags = flags or Flags()
        self.random = Random(f"{seed}:{cast.tenant}")  # noqa: S311 - a play, not a secret
        self.writer = Writer(cast, self.random)
        self.scenes: list[Scene] = []
        self.events: dict[str, TenantEvent] = {}
        self.phones = {player.number: self._phones(place) for place, player in enumerate(cast.players)}
        self.unreachable = {player.number for player in cast.players if self.random.random() < 0.03}
        self.boxes = {box: [self.random.choice((0, 0, 0, 1, 2)), self.random.randint(1, 4)] for box in cast.boxes}
        self.left: list[Message] = []  # by callers whom nobody answered, until whoever keeps them takes them
        self.tapes: dict[str, int] = {}  # what was recorded of calls that ended, likewise
        self.taken: dict[int, int] = {}
        self._name_of = {player.number: player.name for player in cast.players}
        self._box_of = {player.number: player.box for player in cast.players}
        self._id_of = {player.number: player.id for player in cast.players}
        self.events = self._all()

    def tick(self, *, at: datetime) -> list[TenantEvent]:
        """Let a second pass; what a PBX would tell about it."""
        for scene in self.scenes:
            self._advance(scene, at)
        self.scenes = [scene for scene in self.scenes if scene.stage is not Stage.OVER]
        most = min(MOST_CALLS, max(1, len(self.cast.players) // 4))
        if len(self.scenes) < most and self.random.random() < 0.5:
            scene = self.writer.call(self._free(), at=at)
            if scene is not None:
                self.scenes.append(scene)
        return self._changes()

    def take_flags(self, flags: Flags) -> list[TenantEvent]:
        """The statuses of extensions changed; members of teams follow."""
        self.flags = flags
        return self._changes()

    def take_boxes(self, boxes: Mapping[int, Sequence[int]]) -> list[TenantEvent]:
        """Somebody changed messages: so many are new and old now."""
        self.boxes.update({box: list(held) for box, held in boxes.items() if box in self.boxes})
        return self._changes()

    def hang_up(self, channel: str, *, at: datetime) -> list[TenantEvent]:
        """End the call that this leg belongs to."""
        for scene in self.scenes:
            if any(leg.id == channel for leg in scene.legs()):
                scene.stage, scene.plan = Stage.OVER, []
                self.tapes.update(tapes_of(scene, self.cast, at=at))
        self.scenes = [scene for scene in self.scenes if scene.stage is not Stage.OVER]
        return self._changes()

    def end_all(self) -> list[TenantEvent]:
        """The curtain falls: every call is over."""
        self.scenes = []
        return self._changes()

    # --- what happens --------------------------------------------------------------------------------------------
    def _advance(self, scene: Scene, at: datetime) -> None:
        scene.left -= 1
        if scene.left > 0:
            return
        stage, ticks = scene.plan.pop(0) if scene.plan else (Stage.OVER, 0)
        if stage is Stage.PARKED:
            stage, ticks = self._park(scene, ticks, at)
        elif scene.stage is Stage.RINGING and stage is Stage.TALKING:
            scene.answered_at = at
            scene.answered_by = self.random.choice(scene.rung) if scene.rung else ""
            self._count(scene.answered_by)
        elif scene.stage is Stage.PARKED and stage is Stage.TALKING:
            free = self._free()
            scene.answered_by = self.random.choice(free) if free else scene.answered_by
        elif stage is Stage.OVER:
            self._leave(scene, at)
        scene.stage, scene.left = stage, ticks

    def _park(self, scene: Scene, ticks: int, at: datetime) -> tuple[Stage, int]:
        taken = {one.slot for one in self.scenes if one.stage is Stage.PARKED}
        free = [slot for slot in self.cast.slots if slot not in taken]
        if not free:
            return Stage.TALKING, ticks
        scene.slot, scene.parked_at, scene.returns_at = free[0], at, at + RETURNS_AFTER
        return Stage.PARKED, ticks

    def _leave(self, scene: Scene, at: datetime) -> None:
        """What is left of a call that ends: a message, or a recording."""
        if scene.messages and scene.rung:
            self._leave_message(scene, at)
        self.tapes.update(tapes_of(scene, self.cast, at=at))

    def _leave_message(self, scene: Scene, at: datetime) -> None:
        box = self._box_of.get(scene.rung[0])
        if box not in self.boxes or self.boxes[box][0] >= MOST_NEW:
            return
        self.boxes[box][0] += 1
        who = scene.outside or Outside(scene.caller, self._name_of.get(scene.caller, ""))
        seconds = 4 + len(self.left) * 7 % 30
        name = f"sim-{scene.id}-{at.timestamp():.0f}"
        self.left.append(Message(box, name, Folder.NEW, who.number, who.name, at, seconds))

    def _count(self, number: str) -> None:
        extension = self._id_of.get(number)
        if extension is not None:
            self.taken[extension] = self.taken.get(extension, 0) + 1

    def _free(self) -> list[str]:
        busy = set().union(*(scene.busy for scene in self.scenes))
        resting = {player.number for player in self.cast.players if self._status(player.id) in UNDISTURBED}
        return [
            player.number
            for player in self.cast.players
            if self.phones[player.number] and player.number not in busy | resting | self.unreachable
        ]

    def _status(self, extension: int) -> str:
        return self.flags.statuses.get(extension, ("available", 0))[0]

    # --- what is the case ----------------------------------------------------------------------------------------
    def _changes(self) -> list[TenantEvent]:
        before, self.events = self.events, self._all()
        told = [event for name, event in self.events.items() if before.get(name) != event]
        return told + [gone for name, event in before.items() if name not in self.events for gone in _gone(event)]

    def _all(self) -> dict[str, TenantEvent]:
        legs = [leg for scene in self.scenes for leg in scene.legs()]
        parked = [slot for scene in self.scenes if (slot := scene.parked())]
        tenant = self.cast.tenant
        everything: list[Iterable[TenantEvent]] = [
            (Registered(tenant, number, phones) for number, phones in self.phones.items() if phones),
            self._lines(legs),
            legs,
            parked,
            (BoxCount(tenant, box, new, old) for box, (new, old) in self.boxes.items()),
            self._members({leg.number for leg in legs}),
        ]
        return {str(field_of(event)): event for events in everything for event in events}

    def _lines(self, legs: Iterable[Leg]) -> Iterable[Line]:
        busy: dict[str, LineState] = {leg.number: _LINES[leg.state] for leg in legs if leg.number}
        for player in self.cast.players:
            state = LineState.IDLE
            if not self.phones[player.number]:
                state = LineState.UNREGISTERED
            elif player.number in self.unreachable:
                state = LineState.UNREACHABLE
            yield Line(self.cast.tenant, player.number, busy.get(player.number, state))

    def _members(self, busy: set[str]) -> Iterable[Member]:
        numbers: Mapping[int, str] = {player.id: player.number for player in self.cast.players}
        for team, members in self.cast.teams:
            for one in members:
                if one in numbers:
                    status = self._status(one)
                    paused = status in self.flags.resting
                    reason, taken = status if paused else "", self.taken.get(one, 0)
                    yield Member(self.cast.tenant, team, one, paused, reason, numbers[one] in busy, taken)

    def _phones(self, place: int) -> tuple[Contact, ...]:
        if self.random.random() < 0.14:
            return ()
        count = 2 if self.random.random() < 0.1 else 1
        return tuple(
            Contact(self.random.choice(MODELS), f"10.20.{place // 200}.{place % 200 + 20 + 1 * one}:5060", lag, None)
            for one in range(count)
            if (lag := round(self.random.uniform(3, 40), 1))
        )


def _gone(event: TenantEvent) -> list[TenantEvent]:
    if isinstance(event, Leg):
        return [LegGone(event.tenant, event.id)]
    slot = getattr(event, "slot", "")
    return [SlotFree(event.tenant, slot)] if slot else []
