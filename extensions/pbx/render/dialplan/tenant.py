"""A tenant's whole extensions.conf."""

from hashlib import sha256

from extensions.pbx.facts import TenantFacts
from extensions.pbx.formats.dialplan import Context, write_dialplan
from extensions.pbx.render.dialplan.arriving import write_arriving
from extensions.pbx.render.dialplan.inside import write_inside
from extensions.pbx.render.dialplan.parties import write_parties
from extensions.pbx.render.dialplan.telephones import write_telephones
from extensions.pbx.render.plan import Plan


def render_dialplan(facts: TenantFacts) -> str:
    """The dialplan of one tenant as text; what all tenants share is `shared.render_shared`."""
    plan = Plan(facts)
    write_inside(plan)
    write_parties(plan)
    write_telephones(plan)
    write_arriving(plan)
    text = write_dialplan(plan.contexts.values())
    return text + write_dialplan([_mark(plan.slug, mark_of(text))])


def mark_of(text: str) -> str:
    """What tells one dialplan from another; it stands at the end, so that whoever finds it has read everything."""
    return f"v{sha256(text.encode()).hexdigest()[:24]}"


def mark_in(text: str) -> str:
    """The mark that a rendered dialplan ends with."""
    return text.rpartition("exten => ")[2].partition(",")[0]


def _mark(slug: str, mark: str) -> Context:
    context = Context(f"{slug}-version")
    context.exten(mark).do("NoOp()")
    return context
