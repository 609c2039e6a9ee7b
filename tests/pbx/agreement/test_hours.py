"""Six thousand moments on which the portal and a real Asterisk must say the same of a schedule (SCH-06, SCH-09).

One call runs through a dialplan that asks its own clock, set by TESTTIME, at every moment, a hundred to a report.
"""

import asyncio
from collections.abc import Iterator
from datetime import datetime

import pytest

from extensions.callflow.hours import HoursState, hours_at
from extensions.pbx.ami.login import connect
from extensions.pbx.asterisk.managed import AsteriskManaged
from extensions.pbx.asterisk.reading import reload
from extensions.pbx.facts import TenantFacts
from extensions.pbx.formats.dialplan import Context, write_dialplan
from extensions.pbx.render.dialplan.hours import hours
from extensions.pbx.render.dialplan.shared import render_shared
from extensions.pbx.render.plan import Plan
from tests.pbx.agreement.companies import SCHEDULES, Draw
from tests.pbx.agreement.trial import driver_for
from tests.pbx.conftest import RunningAsterisk

pytestmark = [pytest.mark.pbx]
COMPANIES, MOMENTS, A_REPORT = 20, 300, 100
SLUG = "t902"
STATES = {
    HoursState.OVERRIDE_OPEN: "open", HoursState.OVERRIDE_CLOSED: "special", HoursState.OVERRIDE_SPECIAL: "special",
    HoursState.HOLIDAY: "holiday", HoursState.CLOSED: "closed", HoursState.BREAK: "break", HoursState.OPEN: "open",
}  # fmt: skip
Asked = tuple[int, int, bool, datetime]


@pytest.mark.feature("SCH-06", "SCH-09", "SCH-05", "SCH-03")
def test_asterisk_and_the_portal_read_hours_alike(asterisk: RunningAsterisk) -> None:
    driver, asked, told = driver_for(asterisk), 0, 0
    for seed in range(COMPANIES):
        draw = Draw(1000 + seed, slug=SLUG)
        facts = draw.facts()
        moments = list(questions(draw))

        said = asyncio.run(ask(driver, facts, moments))

        meant = [portal_says(facts, one) for one in moments]
        assert [all for all in zip(moments, meant, said, strict=True) if all[1] != all[2]] == []
        asked, told = asked + len(moments), told + len(set(meant))

    assert asked == COMPANIES * MOMENTS
    assert told > COMPANIES * 2  # not the same answer all the time


def questions(draw: Draw) -> Iterator[Asked]:
    for _ in range(MOMENTS):
        yield draw.dice.choice(SCHEDULES), draw.dice.choice(SCHEDULES), draw.often(0.3), draw.moment()


def portal_says(facts: TenantFacts, one: Asked) -> str:
    schedules = facts.snapshot.schedules
    return STATES[hours_at(schedules[one[0]], one[3], breaks=schedules[one[1]], exempt=one[2]).state]


async def ask(driver: AsteriskManaged, facts: TenantFacts, moments: list[Asked]) -> list[str]:
    plan = Plan(facts)
    asking = plan.context("asking")
    for at, one in enumerate(moments):
        epoch = int(one[3].timestamp())
        exten = asking.exten(f"q{at}").do(f"MSet(TL_NOW={epoch},TESTTIME={epoch}.000000)")
        exten.do(f"Gosub({SLUG}-hours,{hours(plan, one[0], one[1], exempt=one[2])},1)")
        exten.do("Set(TOLD=${TOLD} ${TL_STATE})")
        if at % A_REPORT == A_REPORT - 1:
            exten.do(f"UserEvent(PortalTrial,TlTrial: {at // A_REPORT},TlPath: ${{TOLD}})").do("Set(TOLD=)")
        exten.do(f"Goto(q{at + 1},1)")
    asking.exten(f"q{len(moments)}").do("Hangup(16)")
    driver.placing.place_shared({"routines.conf": render_shared(), "numbering.conf": ""})
    driver.placing.place(SLUG, {"extensions.conf": write_dialplan(_all(plan))})
    async with await connect(driver.account) as client:
        await reload(client, ["extensions.conf"])
        await client.action("Events", ("EventMask", "user"))
        channel = ("Channel", f"Local/q0@{SLUG}-asking/n")
        await client.action("Originate", channel, ("Application", "Wait"), ("Data", "1"), ("Async", "true"))
        found: dict[int, list[str]] = {}
        while len(found) < len(moments) // A_REPORT:
            message = await client.next_event(10)
            assert message is not None, f"only {len(found)} reports came"
            if message.get("UserEvent") == "PortalTrial":
                found[int(message.get("TlTrial"))] = message.get("TlPath").split()
    await driver.remove(SLUG)
    return [state for place in sorted(found) for state in found[place]]


def _all(plan: Plan) -> list[Context]:
    return list(plan.contexts.values())
