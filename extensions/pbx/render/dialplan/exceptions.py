"""Exceptions for callers and times, which beat everything after them (twin of callflow.questions, CTL-09).

`Gosub(t2-exceptions,x1,1)` leaves TL_GO: nothing, `ring` (whatever hours and status say), or where the call goes.
"""

from extensions.pbx.formats.values import prefix
from extensions.pbx.render.dialplan.hours import hours
from extensions.pbx.render.dialplan.targets import target
from extensions.pbx.render.plan import Plan
from extensions.snapshot.facts import ExceptionFacts


def exceptions(plan: Plan, listed: tuple[ExceptionFacts, ...]) -> str:
    """The name of the routine for a list; empty where it has nothing."""
    return plan.once("x", listed, lambda name, _key: _write(plan, name, listed)) if listed else ""


def _write(plan: Plan, name: str, listed: tuple[ExceptionFacts, ...]) -> None:
    exten = plan.context("exceptions").exten(name)
    exten.do("Set(TL_GO=)")
    for at, one in enumerate(listed):
        following = f"n{at + 1}"
        if one.prefix:
            begins = prefix(one.prefix)
            exten.do(f'GotoIf($["x${{TL_CALLER:0:{len(begins)}}}" != "x{begins}"]?{following})')
        if one.schedule_id in plan.snapshot.schedules:
            sign = "!=" if one.when_open else "="
            exten.do(f"Gosub({plan.slug}-hours,{hours(plan, one.schedule_id)},1)")
            exten.do(f'GotoIf($["${{TL_STATE}}" {sign} "open"]?{following})')
        to = target(plan, one.destination) if one.destination else "ring"
        exten.do(f"Set(TL_GO={to})")
        # What leads back to whoever was called means: ring.
        exten.do(f'ExecIf($["${{TL_GO}}" = "{plan.slug}-go,${{TL_P}},1"]?Set(TL_GO=ring))')
        exten.do("Return()")
        exten.do("NoOp()", label=following)
    exten.do("Return()")
