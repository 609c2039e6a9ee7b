"""Letting Asterisk read its files again, and looking whether it did: it has no dry run, so its lists must tell."""

import asyncio
from collections.abc import Iterable

from extensions.pbx.ami.client import AmiClient
from extensions.pbx.asterisk.placing import Placed
from extensions.pbx.asterisk.telephones import MOST_ASKED, meant_for, moved, odd_ones, some_of
from extensions.pbx.driver import Change, PbxFault
from extensions.pbx.render.dialplan.tenant import mark_in
from extensions.pbx.render.names import queue
from extensions.pbx.render.pjsip import ENDPOINTS, FILES

# In this order: what the dialplan leads to is there before it, and telephones come last.
MODULES = {
    "res_parking.conf": "res_parking.so",
    "confbridge.conf": "app_confbridge.so",
    "voicemail.conf": "app_voicemail.so",
    "queues.conf": "app_queue.so",
    "extensions.conf": "pbx_config.so",
    **dict.fromkeys(FILES, "res_pjsip.so"),
}
_TRIES, _PAUSE = 10, 0.2  # a reload of telephones goes on for a moment after it is answered


def part_of(shared: str) -> str:
    """Which of a tenant's files a shared one belongs to: `pjsip/…` is read together with telephones."""
    return ENDPOINTS if shared.startswith("pjsip/") else "extensions.conf"


async def reload(client: AmiClient, names: Iterable[str]) -> tuple[str, ...]:
    """Let the modules that read these files read them once; their names without the ending. Raises PbxFault."""
    read = set(names)
    modules = list(dict.fromkeys(module for name, module in MODULES.items() if name in read))
    for module in modules:
        await client.action("Reload", ("Module", module), within=120)
    return tuple(module.removesuffix(".so") for module in modules)


async def differing(client: AmiClient, changes: Iterable[tuple[Change, Placed]]) -> dict[str, str]:
    """Tenants of which Asterisk has not what was meant, with what differs in words; looked at for two seconds."""
    waiting = [(change, placed) for change, placed in changes if placed.names]
    wrong: dict[str, str] = {}
    for attempt in range(_TRIES):
        wrong = await _look(client, waiting)
        if not wrong:
            break
        if attempt < _TRIES - 1:
            await asyncio.sleep(_PAUSE)
    return wrong


async def _look(client: AmiClient, changes: list[tuple[Change, Placed]]) -> dict[str, str]:
    """In few questions: lists for what is short, single questions for telephones and the dialplan's mark."""
    many = {change.tenant for change, placed in changes if _is_much(change, placed)}
    listed = await _listed(client, {name for _change, placed in changes for name in placed.names}, bool(many))
    wrong: dict[str, str] = {}
    for change, placed in changes:
        wanted = _wanted(change)
        for name, by_owner in listed.items():
            found = by_owner.get(change.facts.fqdn if name == ENDPOINTS else change.tenant, set())
            if name in placed.names and (name != ENDPOINTS or change.tenant in many) and wanted[name] != found:
                missing, more = wanted[name] - found, found - wanted[name]
                odd = " ".join(sorted(missing | more)[:3])
                wrong[change.tenant] = f"{name}: {len(missing)} missing, {len(more)} more: {odd}"
        if change.tenant not in wrong and not placed.names.isdisjoint(FILES):
            await _ask_for_telephones(client, change, placed, wrong)
        if "extensions.conf" in placed.names and not await _has_dialplan(client, change):
            wrong[change.tenant] = "extensions.conf"
    return wrong


def _is_much(change: Change, placed: Placed) -> bool:
    if placed.names.isdisjoint(FILES):
        return False
    wanted, gone = moved(change, placed)
    return placed.before is None or len(wanted) + len(gone) > MOST_ASKED


async def _ask_for_telephones(client: AmiClient, change: Change, placed: Placed, wrong: dict[str, str]) -> None:
    wanted, gone = moved(change, placed)
    if len(wanted) + len(gone) > MOST_ASKED:
        wanted, gone = some_of(wanted), set()
    odd = await odd_ones(client, wanted, gone)
    if odd:
        wrong[change.tenant] = f"{ENDPOINTS}: {len(odd)} not as meant: {' '.join(sorted(odd)[:3])}"


def _wanted(change: Change) -> dict[str, set[str]]:
    snapshot = change.facts.snapshot
    return {
        ENDPOINTS: meant_for(change),
        "queues.conf": {queue(snapshot.tenant, team) for team in snapshot.teams},
        "voicemail.conf": {str(box) for box in snapshot.mailboxes},
        "res_parking.conf": {snapshot.tenant} if snapshot.parking and snapshot.parking.slots else set(),
    }


async def _listed(client: AmiClient, changed: set[str], telephones: bool) -> dict[str, dict[str, set[str]]]:
    """What Asterisk has, by file and tenant."""
    found: dict[str, dict[str, set[str]]] = {}
    if telephones:
        _response, events = await client.listing("PJSIPShowEndpoints")
        found[ENDPOINTS] = _by_owner((one.get("ObjectName"), _domain_of(one.get("ObjectName"))) for one in events)
    if "queues.conf" in changed:
        _response, events = await client.listing("QueueSummary")
        names = (one.get("Queue") for one in events)
        found["queues.conf"] = _by_owner((name, name.partition("-")[0]) for name in names)
    if "voicemail.conf" in changed:
        _response, events = await client.listing("VoicemailUsersList")
        found["voicemail.conf"] = _by_owner((one.get("VoiceMailbox"), one.get("VMContext")) for one in events)
    if "res_parking.conf" in changed:
        _response, events = await client.listing("Parkinglots")
        found["res_parking.conf"] = _by_owner((one.get("Name"), one.get("Name")) for one in events)
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
    mark = mark_in(change.files["extensions.conf"])
    asked = f"DIALPLAN_EXISTS({change.tenant}-version,{mark},1)"
    try:
        return (await client.action("Getvar", ("Variable", asked))).get("Value") == "1"
    except PbxFault:
        return False
