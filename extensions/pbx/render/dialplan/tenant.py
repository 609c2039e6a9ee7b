"""A tenant's whole extensions.conf."""

from extensions.pbx.facts import PbxFacts
from extensions.pbx.formats.dialplan import write_dialplan
from extensions.pbx.render.dialplan.arriving import write_arriving
from extensions.pbx.render.dialplan.inside import write_inside
from extensions.pbx.render.dialplan.parties import write_parties
from extensions.pbx.render.dialplan.telephones import write_telephones
from extensions.pbx.render.plan import Plan


def render_dialplan(facts: PbxFacts) -> str:
    """The dialplan of one tenant as text; what all tenants share is `shared.render_shared`."""
    plan = Plan(facts)
    write_inside(plan)
    write_parties(plan)
    write_telephones(plan)
    write_arriving(plan)
    return write_dialplan(plan.contexts.values())
