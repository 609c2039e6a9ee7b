"""Letting Asterisk read its files again, and looking whether it did: it has no dry run, so its lists must tell."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from extensions.pbx.ami.client import AmiClient
from extensions.pbx.asterisk.boxes import FILE as BOXES
from extensions.pbx.asterisk.boxes import moved_boxes, odd_boxes
from extensions.pbx.asterisk.placing import Placed
from extensions.pbx.asterisk.telephones import MOST_ASKED, Wanted, meant_for, moved, odd_ones, some_of
from extensions.pbx.driver import Change, PbxFault
from extensions.pbx.render.dialplan.tenant import mark_in
from extensions.pbx.render.names import queue
from extensions.pbx.render.pjsip import ENDPOINTS, FILES
from extensions.pbx.render.voicemail import boxes_of

QUEUES, LOTS, DIALPLAN = "queues.conf", "res_parking.conf", "extensions.conf"

# In this order: what the dialplan leads to is there before it, and telephones come last.
MODULES = {
    LOTS: "res_parking.so",
    "confbridge.conf": "app_confbridge.so",
    BOXES: "app_voicemail.so",
    QUEUES: "app_queue.so",
    DIALPLAN: "pbx_config.so",
    **dict.fromkeys(FILES, "res_pjsip.so"),
}
_TRIES, _PAUSE = 10, 0.2  # a reload of telephones goes on for a moment after it is answered


def part_of(shared: str) -> str:
    """Which of a tenant's files a shared one belongs to: `pjsip/…` is read together with telephones."""
    return ENDPOINTS if shared.startswith("pjsip/") else DIALPLAN


async def reload(client: AmiClient, names: Iterable[str]) -> tuple[str, ...]:
    """Let the modules that read these files read them once; their names without the ending. Raises PbxFault."""
    read = set(names)
    modules = list(dict.fromkeys(module for name, module in MODULES.items() if name in read))
    for module in modules:
        await client.action("Reload", ("Module", module), within=120)
    return tuple(module.removesuffix(".so") for module in modules)


@dataclass(frozen=True, slots=True)
class _Looked:
    """One tenant while it is looked at, with what of it is asked for by name."""

    change: Change
    placed: Placed
    telephones: tuple[Wanted, set[str]]
    boxes: tuple[set[int], set[int]]

    @classmethod
    def at(cls, change: Change, placed: Placed) -> Self:
        phones: tuple[Wanted, set[str]] = ({}, set()) if placed.names.isdisjoint(FILES) else moved(change, placed)
        return cls(change, placed, phones, moved_boxes(change, placed) if BOXES in placed.names else (set(), set()))

    @property
    def listed(self) -> set[str]:
        """The files whose things are so many, or so few, that a list of them all is asked for."""
        known = self.placed.before is not None
        found = {QUEUES, LOTS} & self.placed.names
        for name, (wanted, gone) in ((ENDPOINTS, self.telephones), (BOXES, self.boxes)):
            if (not known and name in self._read) or len(wanted) + len(gone) > MOST_ASKED:
                found.add(name)
        return found

    @property
    def _read(self) -> set[str]:
        return {ENDPOINTS if name in FILES else name for name in self.placed.names}


async def differing(client: AmiClient, changes: Iterable[tuple[Change, Placed]]) -> dict[str, str]:
    """Tenants of which Asterisk has not what was meant, with what differs in words; looked at for two seconds."""
    waiting = [_Looked.at(change, placed) for change, placed in changes if placed.names]
    wrong: dict[str, str] = {}
    for attempt in range(_TRIES):
        wrong = await _look(client, waiting)
        if not wrong:
            break
        if attempt < _TRIES - 1:
            await asyncio.sleep(_PAUSE)
    return wrong


async def _look(client: AmiClient, looked: list[_Looked]) -> dict[str, str]:
    """In few questions: lists for what is short or many, single questions for the rest and the dialplan's mark."""
    listed = await _listed(client, {name for one in looked for name in one.listed})
    wrong: dict[str, str] = {}
    for one in looked:
        odd = _listed_otherwise(one, listed) or await _asked_otherwise(client, one)
        if odd:
            wrong[one.change.tenant] = odd
    return wrong


def _listed_otherwise(one: _Looked, listed: Mapping[str, Mapping[str, set[str]]]) -> str:
    for name in sorted(one.listed):
        owner = one.change.facts.fqdn if name == ENDPOINTS else one.change.tenant
        wanted, found = _wanted(one.change, name), listed[name].get(owner, set())
        if wanted != found:
            missing, more = wanted - found, found - wanted
            return f"{name}: {len(missing)} missing, {len(more)} more: {' '.join(sorted(missing | more)[:3])}"
    return ""


async def _asked_otherwise(client: AmiClient, one: _Looked) -> str:
    phones, gone = one.telephones
    if ENDPOINTS in one.listed:
        phones, gone = some_of(phones), set()
    odd = await odd_ones(client, phones, gone)
    if odd:
        return f"{ENDPOINTS}: {len(odd)} not as meant: {' '.join(sorted(odd)[:3])}"
    boxes = [] if BOXES in one.listed else await odd_boxes(client, one.change.tenant, *one.boxes)
    if boxes:
        return f"{BOXES}: {len(boxes)} not as meant: {' '.join(map(str, boxes[:3]))}"
    if DIALPLAN in one.placed.names and not await _has_dialplan(client, one.change):
        return DIALPLAN
    return ""


def _wanted(change: Change, name: str) -> set[str]:
    snapshot = change.facts.snapshot
    if name == ENDPOINTS:
        return meant_for(change)
    if name == QUEUES:
        return {queue(snapshot.tenant, team) for team in snapshot.teams}
    if name == BOXES:
        return {str(box) for box in boxes_of(change.facts)}
    return {snapshot.tenant} if snapshot.parking and snapshot.parking.slots else set()


async def _listed(client: AmiClient, asked: set[str]) -> dict[str, dict[str, set[str]]]:
    """What Asterisk has, by file and tenant."""
    found: dict[str, dict[str, set[str]]] = {}
    if ENDPOINTS in asked:
        _response, events = await client.listing("PJSIPShowEndpoints")
        found[ENDPOINTS] = _by_owner((one.get("ObjectName"), _domain_of(one.get("ObjectName"))) for one in events)
    if QUEUES in asked:
        _response, events = await client.listing("QueueSummary")
        names = (one.get("Queue") for one in events)
        found[QUEUES] = _by_owner((name, name.partition("-")[0]) for name in names)
    if BOXES in asked:
        _response, events = await client.listing("VoicemailUsersList")
        found[BOXES] = _by_owner((one.get("VoiceMailbox"), one.get("VMContext")) for one in events)
    if LOTS in asked:
        _response, events = await client.listing("Parkinglots")
        found[LOTS] = _by_owner((one.get("Name"), one.get("Name")) for one in events)
    return found


def _by_owner(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, tenant in pairs:
        if name:
            found.setdefault(tenant, set()).add(name)
    return found


def _domain_of(name: str) -> str:
    return name.partition("@")[2]


async def _has_dialplan(client: AmiClient, change: Change) -> bool:
    mark = mark_in(change.files[DIALPLAN])
    asked = f"DIALPLAN_EXISTS({change.tenant}-version,{mark},1)"
    try:
        return (await client.action("Getvar", ("Variable", asked))).get("Value") == "1"
    except PbxFault:
        return False
