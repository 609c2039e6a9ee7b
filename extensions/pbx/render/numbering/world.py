"""The calling codes of the world: what a number behind its code is, and what it costs (shared/numbering.conf).

Every code has a context of its own, so that a decision only ever asks about one country or its neighbours. Variables:
TL_N is the number without its code, TL_OWN the company's country, TL_OWN_CODE its calling code.
"""

from extensions.models import CallClass
from extensions.pbx.formats.dialplan import Context, Exten
from extensions.pbx.render.numbering.conditions import begins, has_prefix, is_text, length_is, matches
from extensions.pbx.render.numbering.plans import Plan, codes, main_plan, plan_of
from extensions.pbx.render.numbering.strips import add_strip, strip_here

WORLD = "tl-world"


def code_context(code: int) -> str:
    """The context of a calling code."""
    return f"tl-code-{code}"


def country_context(region: str) -> str:
    """The context of a company's country."""
    return f"tl-number-{region}"


def write_world() -> list[Context]:
    """The contexts of all calling codes, behind one that finds the code at the beginning of a number."""
    door = Context(WORLD)
    for code in codes():
        door.exten(f"_{code}!").do(f"Goto({code_context(code)},s,1)")
    door.exten("_X!").do(f"Goto({country_context('${TL_OWN}')},again,1)")
    return [door, *(_code(code) for code in codes())]


def _code(code: int) -> Context:
    plan = main_plan(code)
    context = Context(code_context(code))
    steps = context.exten("s").do(f"Set(TL_N=${{TL_N:{len(str(code))}}})")
    steps.do(f"GotoIf({length_is('TL_N', (0, 1))}?out)", label="bare")
    strip_here(steps, plan, after="possible")
    possible = length_is("TL_N", plan.lengths | plan.lengths_in_area)
    steps.do(f"GotoIf({is_text('TL_SHORT', '1')}?less)", label="possible").do(f"GotoIf({possible}?:less)")
    steps.do(f"MSet(TL_E164=+{code}${{TL_N}},TL_KIND=outside)")
    strip_here(steps, plan, after="whose")
    _find_region(steps, code)
    steps.do(f"GotoIf({is_text('TL_OWN_CODE', str(code))}?{country_context('${TL_OWN}')},short,1)", label="less")
    steps.do("Return()", label="out")
    for region in codes()[code]:
        found = plan_of(region, code)
        if found is not None:
            _class(context.exten(f"is-{region}"), found)
    add_strip(context, plan)
    return context


def _find_region(steps: Exten, code: int) -> None:
    """Go to `is-<country>`; a number of no country counts as the company's own where it has the same code."""
    regions = codes()[code]
    if len(regions) == 1:
        steps.do(f"Goto(is-{regions[0]},1)", label="whose")
        return
    steps.do("NoOp()", label="whose")
    for region in regions:
        plan = plan_of(region, code)
        if plan is not None:
            _is_of(steps, plan)
    steps.do(f"Set(TL_CLASS={CallClass.INTERNATIONAL.value})")
    steps.do(f"GotoIf({is_text('TL_OWN_CODE', str(code))}?:out)")
    steps.do(f"MSet(TL_COUNTRY=${{TL_OWN}},TL_CLASS={CallClass.NATIONAL.value})").do("Return()")


def _is_of(steps: Exten, plan: Plan) -> None:
    """Go to `is-<country>` where the number begins as its numbers do, or else where it is a valid number of it."""
    leading = plan.metadata.leading_digits
    if leading:
        asked = has_prefix("TL_N", leading) if leading.isdigit() else begins("TL_N", leading)
        steps.do(f"GotoIf({asked}?is-{plan.region},1)")
        return
    other = f"no{plan.region.lower()}"
    steps.do(f"GotoIf({matches('TL_N', plan.general)}?:{other})")
    for pattern in plan.every_kind:
        steps.do(f"GotoIf({matches('TL_N', pattern)}?is-{plan.region},1)")
    steps.do("NoOp()", label=other)


def _class(steps: Exten, plan: Plan) -> None:
    """The country and the class of a number of this country."""
    steps.do(f"Set(TL_COUNTRY={plan.region})")
    if plan.costly:
        steps.do(f"GotoIf({matches('TL_N', *plan.costly)}?costly)")
    steps.do(f"GotoIf({is_text('TL_OWN', plan.region)}?{country_context(plan.region)},national,1)", label="own")
    steps.do(f"Set(TL_CLASS={CallClass.INTERNATIONAL.value})").do("Return()")
    if not plan.costly:
        return
    premium, free = plan.pattern("premium_rate"), plan.pattern("toll_free")
    steps.do(f"GotoIf({matches('TL_N', plan.general)}?:own)", label="costly")
    if premium and free:
        steps.do(f"GotoIf({matches('TL_N', premium)}?sure)")
    if free:
        steps.do(f"GotoIf({matches('TL_N', free)}?own)")
    steps.do(f"Set(TL_CLASS={CallClass.PREMIUM.value})", label="sure").do("Return()")
