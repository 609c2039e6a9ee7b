"""With the number decided, the PBX's rules allow and deny exactly the calls that the portal's do (CTL-06)."""

from itertools import product

import pytest

from extensions.callflow.dialling import Kind
from extensions.callflow.outgoing import outgoing_decision
from extensions.pbx.facts import TenantFacts
from extensions.pbx.formats.dialplan import write_dialplan
from extensions.pbx.render.dialplan.outgoing import out_class
from extensions.pbx.render.plan import Plan
from extensions.snapshot.facts import RuleSetFacts, Snapshot
from tests.extensions.calls.facts import Company, rules
from tests.extensions.pbx.numbering.deciding import company_in, pbx
from tests.extensions.pbx.numbering.diallings import diallings
from tests.extensions.pbx.numbering.dialplan import Dialplan

CLASSES = (("class", "international", True), ("class", "premium", False), ("class", "mobile", False))
PLACES = (("country", "GB", False), ("country", "DE", True), ("country", "001", True), ("prefix", "+4930", False))
SETS = [
    None,
    rules(default=True),
    rules(default=False),
    *(rules(*both, default=default) for both in product(CLASSES, PLACES) for default in (True, False)),
    *(rules(*both, default=default) for both in product(PLACES, CLASSES) for default in (True, False)),
    rules(("prefix", "11", True), ("prefix", "+", False), default=True),
    rules(("class", "local", True), ("class", "national", True), ("prefix", "+1", True)),
]


def company_with(chosen: RuleSetFacts | None) -> Snapshot:
    """A company in Germany whose calls are decided by these rules, or where nobody chose any."""
    plain = company_in("DE")
    more = {"country": plain.country, "ani": plain.ani, "numbers": {}, "features": {}, "speed_dials": {}}
    if chosen is None:
        return Company().has(**more).snapshot()
    return Company(**{"outgoing.rules": chosen.id}).has(rule_sets={chosen.id: chosen}, **more).snapshot()


@pytest.mark.feature("CTL-06")
@pytest.mark.parametrize("chosen", SETS)
def test_the_rules_decide_alike(chosen: RuleSetFacts | None) -> None:
    company = company_with(chosen)
    plan = Plan(TenantFacts(company, "alpha.example", 0, {}, {}, {}))
    name = out_class(plan, company.extensions[1])
    dialplan = Dialplan(write_dialplan(plan.contexts.values()))

    for dialled in diallings("DE", 40, seed=3):
        expected = outgoing_decision(company, company.extensions[1], dialled, None)
        if expected.meaning.kind is not Kind.OUTSIDE:
            continue
        found = pbx(company, dialled)
        facts = {"TL_E164": found.number, "TL_CLASS": found.call_class, "TL_COUNTRY": found.country}
        allowed = dialplan.gosub(f"Gosub(t2-out,{name},1)", {"TL_KIND": found.kind, **facts})["TL_ALLOWED"]
        assert (dialled, allowed) == (dialled, str(int(expected.allowed)))
