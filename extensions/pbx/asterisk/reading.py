"""Letting Asterisk read its files again, and looking whether it did: it has no dry run, so its lists must tell."""

import asyncio
from collections.abc import Iterable

from extensions.pbx.ami.client import AmiClient
from extensions.pbx.driver import Change, PbxFault
from extensions.pbx.render.dialplan.tenant import mark_in
from extensions.pbx.render.names import endpoint, queue

# In this order: what the dialplan leads to is there before it, and telephones come last.
MODULES = {
    "res_parking.conf": "res_parking.so",
    "confbridge.conf": "app_confbridge.so",
    "voicemail.conf": "app_voicemail.so",
    "queues.conf": "app_queue.so",
    "extensions.conf": "pbx_config.so",
    "pjsip.conf": "res_pjsip.so",
}
_TRIES, _PAUSE = 10, 0.2  # a reload of telephones goes on for a moment after it is answered


def part_of(shared: str) -> str:
    """Which of a tenant's files a shared one belongs to: `pjsip/trunks.conf` is read together with pjsip.conf."""
    return "pjsip.conf" if shared.startswith("pjsip/") else "extensions.conf"


async def reload(client: AmiClient, names: Iterable[str]) -> tuple[str, ...]:
    """Let the modules that read these files read them once; their names without the ending. Raises PbxFault."""
    modules = [module for name, module in MODULES.items() if name in set(names)]
    for module in modules:
        await client.action("Reload", ("Module", module), within=120)
    return tuple(module.removesuffix(".so") for module in modules)


async def differing(client: AmiClient, changes: Iterable[Change], names: Iterable[str]) -> dict[str, str]:
    """Tenants of which Asterisk does not list what was meant, with what differs in words; looked at for two seconds."""
    waiting, changed = list(changes), set(names)
    wrong: dict[str, str] = {}
    for attempt in range(_TRIES):
        wrong = await _look(client, waiting, changed)
        if not wrong:
            break
        if attempt < _TRIES - 1:
            await asyncio.sleep(_PAUSE)
    return wrong


async def _look(client: AmiClient, changes: list[Change], changed: set[str]) -> dict[str, str]:
    listed = await _listed(client, changed)
    wrong: dict[str, str] = {}
    for change in changes:
        wanted = _wanted(change)
        for name, by_owner in listed.items():
            found = by_owner.get(change.facts.fqdn if name == "pjsip.conf" else change.tenant, set())
            if wanted[name] != found:
                odd = " ".join(sorted(wanted[name] ^ found)[:3])
                wrong[change.tenant] = (
                    f"{name}: {len(wanted[name] - found)} missing, {len(found - wanted[name])} more: {odd}"
                )
        if "extensions.conf" in changed and not await _has_dialplan(client, change):
            wrong[change.tenant] = "extensions.conf"
    return wrong


def _wanted(change: Change) -> dict[str, set[str]]:
    snapshot, facts = change.facts.snapshot, change.facts
    return {
        "pjsip.conf": {
            endpoint(one.number, facts.fqdn) for one in snapshot.extensions.values() if one.id in facts.lines
        },
        "queues.conf": {queue(snapshot.tenant, team) for team in snapshot.teams},
        "voicemail.conf": {str(box) for box in snapshot.mailboxes},
        "res_parking.conf": {snapshot.tenant} if snapshot.parking and snapshot.parking.slots else set(),
    }


async def _listed(client: AmiClient, changed: set[str]) -> dict[str, dict[str, set[str]]]:
    """What Asterisk has, by file and tenant."""
    found: dict[str, dict[str, set[str]]] = {}
    if "pjsip.conf" in changed:
        _response, events = await client.listing("PJSIPShowEndpoints")
        found["pjsip.conf"] = _by_owner((one.get("ObjectName"), _domain_of(one.get("ObjectName"))) for one in events)
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
