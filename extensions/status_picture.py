"""What each agent status does to calls, and which automatic rules lead to it (PRS-01, PRS-06)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.callflow.presence import Phase
from extensions.models import AgentStatus, StatusKind
from extensions.settings.catalogue.forwarding import Condition, Origin, key_of
from extensions.settings.registry import settings_of
from extensions.settings.resolve import Effective
from extensions.settings.subjects import COMPANY, effective_settings

ROW, BOX, TOP = 66, 46, 8  # of the picture, in its own units
PHASE_RIGHT, STATUS_LEFT = 150, 320
WORDS = {Phase.OPEN: gettext_lazy("Open"), Phase.BREAK: gettext_lazy("Break"), Phase.CLOSED: gettext_lazy("Closed")}


class OwnCalls(models.TextChoices):
    """What happens to calls to the extension itself, as the company has set it up."""

    RING = "ring", gettext_lazy("Calls ring")
    FORWARD = "forward", gettext_lazy("Calls are forwarded")
    BLOCK = "block", gettext_lazy("Calls are blocked")


@dataclass(frozen=True, slots=True)
class StatusTile:
    """One status with its effects; `y` is where its box begins in the picture."""

    status: AgentStatus
    own_calls: OwnCalls
    phases: list[str]  # the words of the automatic rules that lead here
    y: int = 0

    @property
    def middle(self) -> int:
        """The height of the box's middle."""
        return self.y + BOX // 2

    @property
    def lower(self) -> int:
        """The second line of words beside the box."""
        return self.y + BOX // 2 + 14


@dataclass(frozen=True, slots=True)
class PhaseBox:
    """A state of the schedule, and the arrow from it to the status that it brings."""

    label: str
    y: int
    target: str
    arrow: str

    @property
    def middle(self) -> int:
        return self.y + BOX // 2


@dataclass(frozen=True, slots=True)
class StatusPicture:
    """Everything that the page about agent statuses shows."""

    tiles: list[StatusTile]
    off: list[AgentStatus]
    phases: list[PhaseBox] = field(default_factory=list)
    height: int = 0
    summary: str = ""


def status_picture() -> StatusPicture:
    """The statuses in order, with what they do and which rules of the company lead to them, in two queries."""
    rows = list(AgentStatus.objects.order_by("position", "pk"))
    always = [key_of(kind, origin, Condition.ALWAYS) for kind in StatusKind for origin in Origin]
    held = effective_settings(COMPANY, settings_of([*always, *(phase.value for phase in Phase)]))
    used = [row for row in rows if row.enabled]
    lead = {phase: _target(held[phase.value].value, used) for phase in Phase}
    tiles = [
        StatusTile(
            status=row,
            own_calls=_own_calls(StatusKind(row.kind), held),
            phases=[str(WORDS[phase]) for phase, target in lead.items() if target == row],
            y=TOP + ROW * place,
        )
        for place, row in enumerate(used)
    ]
    boxes = _boxes(tiles, lead)
    return StatusPicture(
        tiles, [row for row in rows if not row.enabled], boxes, TOP + ROW * len(tiles), _summary(tiles)
    )


def _target(value: Any, used: Sequence[AgentStatus]) -> AgentStatus | None:
    by_kind = {row.kind: row for row in used}
    return by_kind.get(value) or by_kind.get(StatusKind.AVAILABLE)


def _own_calls(kind: StatusKind, held: dict[str, Effective]) -> OwnCalls:
    if kind is StatusKind.DND:
        return OwnCalls.BLOCK
    forwards = any(held[key_of(kind, origin, Condition.ALWAYS)].value for origin in Origin)
    return OwnCalls.FORWARD if forwards else OwnCalls.RING


def _boxes(tiles: list[StatusTile], lead: dict[Phase, AgentStatus | None]) -> list[PhaseBox]:
    boxes = []
    spread = max(len(tiles) - len(lead), 0) * ROW // 2
    for place, (phase, target) in enumerate(lead.items()):
        y = TOP + spread + ROW * place
        end = next((tile for tile in tiles if tile.status == target), None)
        if end is not None:
            bend = (PHASE_RIGHT + STATUS_LEFT) // 2
            start, finish = y + BOX // 2, end.middle
            arrow = f"M{PHASE_RIGHT} {start} C{bend} {start} {bend} {finish} {STATUS_LEFT - 8} {finish}"
            boxes.append(PhaseBox(str(WORDS[phase]), y, end.status.label, arrow))
    return boxes


def _summary(tiles: list[StatusTile]) -> str:
    sentences = []
    for tile in tiles:
        words = {
            "status": tile.status.label,
            "own": str(tile.own_calls.label).lower(),
            "team": _("team calls ring") if tile.status.rings_team else _("team calls do not ring"),
            "queue": _("queue calls are offered") if tile.status.takes_queue else _("queue calls are not offered"),
            "rules": ", ".join(tile.phases).lower(),
        }
        sentence = _("%(status)s: %(own)s, %(team)s, %(queue)s.") % words
        if tile.phases:
            sentence += " " + _("The schedule brings it while %(rules)s.") % words
        sentences.append(sentence)
    return " ".join(sentences)
