"""Calls from outside to the company's own numbers (EXT-09), and parked calls that come back (PRK-03)."""

from extensions.models import ParkingReturn
from extensions.pbx.formats.dialplan import Exten
from extensions.pbx.formats.values import digits
from extensions.pbx.render.dialplan.outgoing import out_class
from extensions.pbx.render.dialplan.targets import NOWHERE, target
from extensions.pbx.render.numbering import number_call
from extensions.pbx.render.plan import Plan
from extensions.settings.catalogue.calls import MAIN_NUMBER


def write_arriving(plan: Plan) -> None:
    """Where the company's numbers lead. A number that is not known here is nobody's: the trunk context refuses it."""
    snapshot, own = plan.snapshot, plan.slug
    rings = {number: one for number, one in snapshot.outside.items() if one in snapshot.extensions}
    known = plan.common("from-trunk")
    if snapshot.ani and snapshot.ani not in rings:
        known.exten(digits(snapshot.ani)).do(f"Goto({own}-inbound,s,1)")
    for number, one in sorted(rings.items()):
        known.exten(digits(number)).do(f"Goto({own}-inbound,d{one:d},1)")
    exten = plan.context("inbound").exten("s")
    _begin(plan, exten)
    to = snapshot.company[MAIN_NUMBER].value
    exten.do(f"Goto({target(plan, to) if to else NOWHERE})")
    if rings:  # the extension's id stands behind the letter: one piece for all of them
        exten = plan.context("inbound").exten("_d.")
        _begin(plan, exten)
        exten.do(f"Goto({plan.go('go', 'e${EXTEN:1}')})")
    _coming_back(plan)


def _begin(plan: Plan, exten: Exten) -> None:
    """Who calls, and whether there is room for one more call."""
    snapshot, own = plan.snapshot, plan.slug
    exten.do(f"Set(CHANNEL(accountcode)={own})").do(f"Set(CHANNEL(tenantid)={own})")
    plan.start(exten, "external")
    exten.do("Gosub(tl-caller,s,1)").do('GotoIf($["${TL_TYPED}" = ""]?known)')
    exten.do(number_call("${TL_TYPED}", country=snapshot.country, ani=snapshot.ani))
    exten.do("Set(TL_CALLER=${TL_E164})").do("Set(CALLERID(num)=${TL_CALLER})")
    exten.do(f"MSet(TL_ME=,TL_P=,TL_NUM=,TL_BOX=,TL_OUT={out_class(plan, None)})", label="known")
    if plan.facts.most_calls:
        exten.do(f"Set(GROUP(trunk)={own})")
        exten.do(f"GotoIf($[${{GROUP_COUNT({own}@trunk)}} > {plan.facts.most_calls:d}]?tl-end,full,1)")


def _coming_back(plan: Plan) -> None:
    lot = plan.snapshot.parking
    if lot is None or lot.returns_to is not ParkingReturn.DESTINATION or lot.destination is None:
        return
    exten = plan.context("back").exten("s")
    plan.start(exten, "internal")
    exten.do(f"MSet(TL_P=,TL_NUM=,TL_BOX=,TL_OUT={out_class(plan, None)})")
    exten.do(f"Goto({target(plan, lot.destination)})")
