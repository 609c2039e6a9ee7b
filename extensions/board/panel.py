"""The keys of one's own telephone as a panel of lamps in the browser (BLF-03, BLF-04)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page as Sheet
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from extensions.board.devices import device_of, lamp_of
from extensions.board.parties import party
from extensions.board.viewing import Viewer
from extensions.keys.in_force import KeyInForce, in_force, keys_of_panel
from extensions.keys.visibility import visibilities
from extensions.keys.words import ICONS, kind_words
from extensions.live_selectors import calls_now
from extensions.looks import LINE_LOOKS, STATUS_LOOKS, LineState, Look
from extensions.models import Extension, KeyKind, KeyPanel, Presence, StatusKind
from extensions.pbx.live.reader import Live
from extensions.settings.catalogue.presence import Visibility

PER_SHEET = 60  # as many as the larger expansion modules have keys
_OFF = Look("circle-dashed", "state-out")
_UNKNOWN = LINE_LOOKS[LineState.UNKNOWN]


@dataclass(frozen=True, slots=True)
class Lamp:
    """One key with its lamp. `word` says what `look` shows; `other` is whom a colleague talks to, if that is shown."""

    number: int
    label: str
    kind: str
    icon: str
    target: str
    look: Look | None
    word: str
    other: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """The lamps of one sheet, and how far they can be believed."""

    live: Live
    lamps: Sequence[Lamp]
    sheet: Sheet


def panel_of_lamps(extension: Extension, *, at: datetime, sheet: str | int | None = None) -> Panel:
    """A sheet (the first unless told) of the panel of `extension`, which belongs to whoever looks and was read with
    `key_panel`.

    Four queries at most, whatever the number of keys; of the live state only what these lamps show is read.
    """
    panel: KeyPanel | None = getattr(extension, "key_panel", None)
    keys = keys_of_panel(panel) if panel else []
    told = visibilities({key.extension for key in keys if key.extension is not None})
    hidden = [pk for pk, seen in told.items() if seen is Visibility.HIDDEN]
    part = Paginator(in_force(panel, keys, hidden=hidden) if panel else [], PER_SHEET).get_page(sheet)
    held = list(part)
    watched = {one.key.extension for one in held if one.key.extension is not None}
    statuses = {
        row.extension_id: StatusKind(row.status.kind)
        for row in Presence.objects.filter(extension__in=watched | {extension}).select_related("status")
        if row.until is None or row.until > at
    }
    wishes = {one.number: told[one.pk] for one in watched}
    live = _live_of(extension, held)
    reader = _Reader(extension, live, Viewer(extension.number, False, wishes), statuses)
    return Panel(live, [reader.lamp(one) for one in held], part)


def _live_of(extension: Extension, held: Sequence[KeyInForce]) -> Live:
    """The calls and slots, and what the lamps of these keys show beside them."""
    keys = [one.key for one in held]
    box = getattr(extension, "mailbox", None)
    return calls_now(
        numbers={extension.number, *(key.extension.number for key in keys if key.extension is not None)},
        boxes=[box.pk] if box else [],
        members=[(key.team_id, extension.pk) for key in keys if key.team_id is not None],
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Says what each lamp shows."""

    own: Extension
    live: Live
    viewer: Viewer
    statuses: Mapping[int, StatusKind]

    def lamp(self, held: KeyInForce) -> Lamp:
        told = {"look": None, "word": ""}
        if held.kind in _SHOWN:
            told = _SHOWN[held.kind](self, held) if self.live.link.tells else {"look": _UNKNOWN, "word": _("No data")}
        return Lamp(
            number=held.position + 1,
            label=held.label,
            kind=kind_words(held.kind),
            icon=ICONS[held.kind],
            target=held.target,
            **told,
        )

    def colleague(self, held: KeyInForce) -> dict[str, Any]:
        watched = held.key.extension
        assert watched is not None  # noqa: S101 - a constraint: keys of this kind point at an extension
        if not held.visible:
            return {"look": Look("eye-off", "state-hidden"), "word": _("Not visible")}
        status = self.statuses.get(watched.pk, StatusKind.AVAILABLE)
        state = lamp_of(device_of(self.live, watched.number), status)
        call = next((call for call in self.live.calls if watched.number in call.numbers), None)
        told = {"look": LINE_LOOKS[state], "word": str(state.label), "since": call.since if call else None}
        if call and self.viewer.sees_parties(call):
            others = [one for one in (call.caller, *call.callees) if one != watched.number]
            told["other"] = party(others[0], call.caller_name, {}) if others else ""
        return told

    def line(self, held: KeyInForce) -> dict[str, Any]:
        state = lamp_of(device_of(self.live, self.own.number), StatusKind.AVAILABLE)
        return {"look": LINE_LOOKS[state], "word": str(state.label)}

    def slot(self, held: KeyInForce) -> dict[str, Any]:
        assert held.key.slot is not None  # noqa: S101 - a constraint
        parked = self.live.parked.get(held.key.slot.number)
        if parked is None:
            return {"look": LINE_LOOKS[LineState.IDLE], "word": _("Free")}
        caller = party(parked.caller, parked.caller_name, {})
        look = LINE_LOOKS[LineState.PARKED]
        return {"look": look, "word": str(LineState.PARKED.label), "other": caller, "since": parked.since}

    def team(self, held: KeyInForce) -> dict[str, Any]:
        member = self.live.members.get((held.key.team_id or 0, self.own.pk))
        if member is None or member.paused:
            return {"look": STATUS_LOOKS[StatusKind.LOGGED_OUT], "word": _("Logged out")}
        return {"look": LINE_LOOKS[LineState.IDLE], "word": _("Logged in")}

    def status(self, held: KeyInForce) -> dict[str, Any]:
        assert held.key.status is not None  # noqa: S101 - a constraint
        kind = StatusKind(held.key.status.kind)
        holds = self.statuses.get(self.own.pk, StatusKind.AVAILABLE) is kind
        return {"look": STATUS_LOOKS[kind] if holds else _OFF, "word": _("On") if holds else _("Off")}

    def voicemail(self, held: KeyInForce) -> dict[str, Any]:
        box = getattr(self.own, "mailbox", None)
        count = self.live.boxes.get(box.pk) if box else None
        new = count.new if count else 0
        words = ngettext("%(n)d new message", "%(n)d new messages", new) % {"n": new}
        return {"look": Look("mail", "state-ringing") if new else _OFF, "word": words if new else _("No new messages")}


_SHOWN: dict[KeyKind, Callable[[_Reader, KeyInForce], dict[str, Any]]] = {
    KeyKind.LINE: _Reader.line,
    KeyKind.PRESENCE: _Reader.colleague,
    KeyKind.PARKING: _Reader.slot,
    KeyKind.TEAM_LOGIN: _Reader.team,
    KeyKind.STATUS: _Reader.status,
    KeyKind.VOICEMAIL: _Reader.voicemail,
}
