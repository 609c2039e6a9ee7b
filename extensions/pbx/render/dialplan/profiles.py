"""What an extension does with a call once nothing keeps it out (twin of callflow.profiles; CTL-01 to CTL-04).

A ring plan `t2-plans,f1` is one set of forwards; many extensions, statuses and origins share it. It can be entered at
`1`, where “always” is asked first, or at `ring`. TL_AT is the endpoint that rings, TL_BOX its voicemail box.
"""

from dataclasses import dataclass

from extensions.callflow.profiles import Profile, profile_of
from extensions.models import StatusKind
from extensions.pbx.render.dialplan.targets import BOX_OR_BUSY, OWN_BOX, onward
from extensions.pbx.render.plan import Plan
from extensions.settings.catalogue.forwarding import Condition, Origin
from extensions.snapshot.facts import DestinationFacts, ExtensionFacts


@dataclass(frozen=True, slots=True)
class RingPlan:
    """How long it rings, and where calls go under each condition; None where no forward takes them."""

    seconds: int
    always: DestinationFacts | None
    busy: DestinationFacts | None
    no_answer: DestinationFacts | None
    unregistered: DestinationFacts | None


def ring_plan(plan: Plan, extension: ExtensionFacts, kind: StatusKind, origin: Origin) -> str:
    """The name of the ring plan of an extension that has this status, for calls of this origin."""
    profile = profile_of(extension.settings, kind, origin)
    key = RingPlan(profile.ring_seconds, *(forward_to(profile, one) for one in _CONDITIONS))
    return plan.once("f", key, lambda name, _key: _write(plan, name, key))


def forward_to(profile: Profile, condition: Condition) -> DestinationFacts | None:
    """Where calls go under this condition, if a forward is on."""
    forward = profile.forward(condition)
    return forward.to if forward else None


_CONDITIONS = (Condition.ALWAYS, Condition.BUSY, Condition.NO_ANSWER, Condition.UNREGISTERED)


def _write(plan: Plan, name: str, key: RingPlan) -> None:
    exten = plan.context("plans").exten(name)
    if key.always is not None:
        exten.do(onward(plan, key.always, f"{plan.slug}-plans,{name},ring"))
    exten.do(f"Gosub(tl-ring,s,1({key.seconds:d}))", label="ring")
    exten.do("Goto(${TL_RESULT})")
    ends = (("busy", key.busy, BOX_OR_BUSY), ("unanswered", key.no_answer, OWN_BOX),
            ("unregistered", key.unregistered, BOX_OR_BUSY))  # fmt: skip
    for label, to, otherwise in ends:
        exten.do(onward(plan, to, otherwise), label=label)
