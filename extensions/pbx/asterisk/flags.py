"""Flags without a reload: agent status, its lamps, and whom teams skip (PRS-06).

The PBX keeps them in its own database, so that they outlive its restarts and hold while the portal is away.
"""

import time
from collections.abc import Mapping
from datetime import UTC, datetime

from extensions.models import StatusKind
from extensions.pbx.ami.client import AmiClient
from extensions.pbx.driver import Flags
from extensions.pbx.events import PhoneFeature
from extensions.pbx.render.names import do_not_disturb, member, status_device

# Whoever does not want to be disturbed is busy to lamps and to dialog-info, not in a call.
_LIT, _BUSY, _DARK = "INUSE", "BUSY", "NOT_INUSE"


async def set_flags(client: AmiClient, tenant: str, flags: Flags) -> list[PhoneFeature]:
    """Make the PBX's flags those of the portal; where a telephone spoke later than the portal, the telephone is right.

    Returns what telephones said meanwhile. Costs four lists and one action for each flag that differs.
    """
    held = await _tree(client, f"tl/{tenant}/status")
    heard, meant = _later_on_the_telephone(tenant, held, flags), dict(flags.statuses)
    for one in heard:
        meant[one.extension] = (one.argument, int(one.at.timestamp()))
    for extension in {int(key) for key in held if key.isdigit()} - meant.keys():
        await client.action("DBDel", ("Family", f"tl/{tenant}/status"), ("Key", str(extension)))
    for extension, (kind, since) in meant.items():
        if held.get(str(extension), "").partition(":")[0] != kind:
            await client.action(
                "DBPut", ("Family", f"tl/{tenant}/status"), ("Key", str(extension)), ("Val", f"{kind}:{since}")
            )
    await _light(client, tenant, meant, flags.numbers)
    await _pause(client, tenant, meant, flags.resting)
    return heard


def _later_on_the_telephone(tenant: str, held: Mapping[str, str], flags: Flags) -> list[PhoneFeature]:
    heard = []
    for key, value in held.items():
        kind, _, epoch = value.partition(":")
        if not (key.isdigit() and epoch.isdigit() and kind in StatusKind.values):
            continue
        known, since = flags.statuses.get(int(key), (StatusKind.AVAILABLE.value, 0))
        recent = int(epoch) > since and time.time() - int(epoch) < _REMEMBERED
        if kind != known and recent and (since or kind != StatusKind.AVAILABLE):
            at = datetime.fromtimestamp(int(epoch), UTC)
            heard.append(PhoneFeature(tenant, int(key), "status", kind, at))
    return heard


# Older than this, what a telephone said is taken to have been overtaken: nobody keeps a portal away for so long.
_REMEMBERED = 7 * 24 * 3600


async def _tree(client: AmiClient, family: str) -> dict[str, str]:
    _response, events = await client.listing("DBGetTree", ("Family", family))
    found = {}
    for one in events:
        key = one.get("Key").strip("/")
        if key:
            found[key.rpartition("/")[2]] = one.get("Val")
    return found


async def _light(
    client: AmiClient, tenant: str, meant: Mapping[int, tuple[str, int]], numbers: Mapping[int, str]
) -> None:
    """Lamps of do-not-disturb and of statuses that are watched: whatever is lit and should not be, and the reverse."""
    devices = await _tree(client, "CustomDevstate")
    held = {key: value for key, value in devices.items() if key.startswith(f"{tenant}-")}
    kinds = {numbers[id]: kind for id, (kind, _at) in meant.items() if id in numbers}
    wanted = {status_device(tenant, number, kind): _LIT for number, kind in kinds.items()}
    wanted |= {do_not_disturb(tenant, number): _BUSY for number, kind in kinds.items() if kind == StatusKind.DND}
    states = {device.partition(":")[2]: state for device, state in wanted.items()}
    for name, state in held.items():
        if state != _DARK and name not in states and name != f"{tenant}-night":
            await _set(client, name, _DARK)
    for name, state in states.items():
        if held.get(name) != state:
            await _set(client, name, state)


async def _set(client: AmiClient, device: str, state: str) -> None:
    await client.action("Setvar", ("Variable", f"DEVICE_STATE(Custom:{device})"), ("Value", state))


async def _pause(client: AmiClient, tenant: str, meant: Mapping[int, tuple[str, int]], resting: frozenset[str]) -> None:
    """Pause in queues whoever has a status in which team calls do not ring, and whoever logged out of a team."""
    out = await _tree(client, f"tl/{tenant}/logout")
    _response, events = await client.listing("QueueStatus")
    whom = {member(tenant, id): kind for id, (kind, _at) in meant.items() if kind in resting}
    for one in events:
        queue, who = one.get("Queue"), one.get("Location") or one.get("Interface")
        if one.get("Event") != "QueueMember" or not queue.startswith(f"{tenant}-g"):
            continue
        id = who.partition("/")[2].partition("@")[0]
        reason = whom.get(who) or ("logged_out" if f"{queue.partition('-g')[2]}-{id}" in out else "")
        if (one.get("Paused") == "1") != bool(reason) or (reason and one.get("PausedReason") != reason):
            paused = "true" if reason else "false"
            await client.action(
                "QueuePause", ("Queue", queue), ("Interface", who), ("Paused", paused), ("Reason", reason)
            )
