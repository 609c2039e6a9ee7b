"""Asking a real Asterisk where calls would go, without ringing anybody: its own dialplan answers."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from extensions.pbx.ami.client import AmiClient
from extensions.pbx.ami.login import connect
from extensions.pbx.asterisk.managed import AsteriskManaged
from extensions.pbx.driver import Applied, Change, Flags
from extensions.pbx.drivers import PbxFacts
from extensions.pbx.facts import TenantFacts
from extensions.pbx.render.shared import render_common
from extensions.pbx.render.trunks import TrunkFacts
from tests.pbx.conftest import RunningAsterisk

AT_ONCE = 25
TRUNK = TrunkFacts(1, "127.0.0.1", 5099, "udp", "", "", False, ("127.0.0.1",), True)


@dataclass(frozen=True, slots=True)
class Question:
    """A call at a moment. `caller` is an internal number, or `outside` and a number or nothing.

    `door`: where calls from outside come in: `s` the main number, `d5` a number that rings the extension 5.
    """

    caller: str
    dialled: str
    at: datetime
    outside: bool = False
    door: str = "s"


def driver_for(asterisk: RunningAsterisk) -> AsteriskManaged:
    """The portal's own driver for the tests' Asterisk."""
    server = asterisk.server
    secret = server.secret_file.read_text().strip()
    facts = PbxFacts(
        1, "tests", "managed", "127.0.0.1", server.ami_port, "portal", secret, str(server.etc), str(server.spool),
        "127.0.0.1", server.sip_port,
    )  # fmt: skip
    return AsteriskManaged(facts)


async def bring(driver: AsteriskManaged, *tenants: TenantFacts) -> None:
    """Put tenants in force, with what they share and their statuses."""
    countries = {one.snapshot.country for one in tenants}
    changes = [Change(one, driver.render(one)) for one in tenants]
    outcome = await driver.apply(changes, render_common(trunks=[TRUNK], countries=countries))
    assert all(isinstance(one, Applied) for one in outcome.values()), outcome
    for one in tenants:
        snapshot = one.snapshot
        kinds = {id: (str(facts.status.kind.value), 1) for id, facts in snapshot.extensions.items()}
        resting = frozenset(kind.value for kind, facts in snapshot.statuses.items() if not facts.rings_team)
        numbers = {id: facts.number for id, facts in snapshot.extensions.items()}
        await driver.set_flags(snapshot.tenant, Flags(kinds, resting, numbers))


async def ask(driver: AsteriskManaged, tenant: str, questions: Sequence[Question]) -> list[str]:
    """Where each call would go: what it met, in order, joined by bars; empty where Asterisk says nothing."""
    told: dict[int, str] = {}
    async with await connect(driver.account) as client:
        await client.action("Events", ("EventMask", "user"))
        listening = asyncio.create_task(_listen(client, told, len(questions)))
        gate = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(_call(client, gate, tenant, at, one) for at, one in enumerate(questions)))
        with suppress(TimeoutError):
            await asyncio.wait_for(listening, 10)
    return [told.get(at, "") for at in range(len(questions))]


async def _call(client: AmiClient, gate: asyncio.Semaphore, tenant: str, place: int, one: Question) -> None:
    channel = f"Local/{one.door}@{tenant}-inbound/n" if one.outside else f"Local/{one.dialled}@{tenant}-internal/n"
    epoch = int(one.at.timestamp())
    told = {"TL_TRIAL": place + 1, "TL_TRIAL_FROM": one.caller, "TL_TRIAL_AT": epoch, "TESTTIME": f"{epoch}.000000"}
    variables = [("Variable", f"__{name}={value}") for name, value in told.items()]
    async with gate:
        await client.action(
            "Originate", ("Channel", channel), ("Application", "Wait"), ("Data", "1"), ("Async", "true"), *variables
        )


async def _listen(client: AmiClient, told: dict[int, str], wanted: int) -> None:
    while len(told) < wanted:
        message = await client.next_event()
        if message is not None and message.get("UserEvent") == "PortalTrial":
            told[int(message.get("TlTrial")) - 1] = message.get("TlPath").strip("|")
