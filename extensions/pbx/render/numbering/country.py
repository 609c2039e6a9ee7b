"""What telephones of one country dial: short numbers, prefixes, national numbers (shared/numbering-CC.conf)."""

from extensions.models import CallClass
from extensions.pbx.formats.dialplan import Context, Exten
from extensions.pbx.render.numbering.areas import add_area_length, in_area
from extensions.pbx.render.numbering.conditions import has_prefix, length_is, lengths_where, matches, whole
from extensions.pbx.render.numbering.plans import Plan, main_plan, plan_of, short_plan
from extensions.pbx.render.numbering.prefixes import shapes
from extensions.pbx.render.numbering.strips import STRIP, add_strip, is_too_long, strip_here
from extensions.pbx.render.numbering.world import WORLD, code_context, country_context

_CALLABLE = "[0-9][0-9]|[+]?[0-9]{3,}"
_NOTHING = f"TL_KIND=unknown,TL_CLASS={CallClass.INTERNAL.value},TL_COUNTRY="


def write_country(region: str) -> Context:
    """The context `tl-number-<region>`; a country without telephones of its own understands only + and a code."""
    plan = plan_of(region)
    context = Context(country_context(region))
    _begin(context.exten("s"), region, plan)
    if plan is None:
        context.exten("again").do("Return()")
        return context
    _again(context.exten("again"), plan)
    _short(context.exten("short"), plan)
    _national(context.exten("national"), plan)
    if plan.region != main_plan(plan.code).region:
        add_strip(context, plan)
    return context


def _begin(steps: Exten, region: str, plan: Plan | None) -> None:
    """ARG1 is what was dialled, ARG2 the company's area (`area_of`). Only digits go on from here."""
    bare, code = f"${{IF({has_prefix('TL_D', '+')}?+)}}${{FILTER(0-9*#,${{TL_D}})}}", plan.code if plan else ""
    steps.do("Set(TL_D=${FILTER(0-9+*#,${ARG1})})")
    steps.do(f"MSet(TL_D={bare},TL_E164={bare},TL_OWN={region},TL_OWN_CODE={code},TL_SHORT=0,{_NOTHING})")
    steps.do(f"GotoIf({whole('TL_D', _CALLABLE)}?:out)")
    if plan is None:
        steps.do(f"GotoIf({has_prefix('TL_D', '+')}?plus:out)")
    else:
        _is_short(steps, plan)
        steps.do(f"GotoIf({has_prefix('TL_D', '+')}?plus)", label="long")
        _ask_abroad(steps, plan, otherwise="home")
        _home(steps, plan)
    steps.do("Set(TL_N=${TL_D:1})", label="plus")
    _go_abroad(steps)


def _go_abroad(steps: Exten) -> None:
    """TL_N is a calling code with a number behind it, or too short to be one."""
    steps.do(f"GotoIf({length_is('TL_N', (0, 1, 2))}?out)", label="abroad")
    steps.do(f"Goto({WORLD},${{TL_N}},1)")
    steps.do("Return()", label="out")


def _is_short(steps: Exten, plan: Plan) -> None:
    short = short_plan(plan.region)
    if short is None:
        return
    steps.do(f"GotoIf({length_is('TL_D', lengths_where((), beyond=max(short.lengths)))}?long)")
    steps.do(f"GotoIf({whole('TL_D', '[1-9].*')}?:long)")
    both = " & ".join(matches("TL_D", pattern) for pattern in short.valid)
    steps.do(f"Set(TL_SHORT=$[{both}])")


def _ask_abroad(steps: Exten, plan: Plan, *, otherwise: str) -> None:
    """TL_N becomes what follows the international prefix, unless a zero follows, with which no code begins."""
    found = shapes(plan.metadata.international_prefix)
    for at, shape in enumerate(found):
        last = f":{otherwise}" if at == len(found) - 1 else ""
        steps.do(f"GotoIf({shape.condition('TL_D')}?abroad{at}{last})")
    for at, shape in enumerate(found):
        steps.do(f"GotoIf({has_prefix('TL_D', '0', at=shape.length)}?{otherwise})", label=f"abroad{at}")
        steps.do(f"Set(TL_N={shape.rest('TL_D', None)})").do("Goto(abroad)")


def _home(steps: Exten, plan: Plan) -> None:
    """No plus and no international prefix: a number of this country, perhaps with the country's own code."""
    is_main = plan.region == main_plan(plan.code).region
    code = code_context(plan.code)
    steps.do(f"GotoIf({has_prefix('TL_D', str(plan.code))}?:plain)", label="home")
    steps.do(f"Set(TL_N=${{TL_D:{len(str(plan.code))}}})").do("Set(TL_X=${TL_N})")
    if shapes(plan.metadata.national_prefix_for_parsing):
        steps.do(f"Gosub({f'{code},' if is_main else ''}{STRIP},1)")
    steps.do("Set(TL_N=${TL_X})")
    steps.do(f"GotoIf({is_too_long(plan, 'TL_D')}?{code},s,bare)")
    steps.do(f"GotoIf({matches('TL_D', plan.general)}?plain)")
    steps.do(f"GotoIf({matches('TL_N', plan.general)}?{code},s,bare)")
    steps.do("Set(TL_N=${TL_D})", label="plain")
    if is_main:
        steps.do(f"Goto({code},s,bare)")
        return
    strip_here(steps, plan, after="ready")
    steps.do(f"Goto({code},s,possible)", label="ready")


def _again(steps: Exten, plan: Plan) -> None:
    """No country has the code: what follows the plus may be an international prefix."""
    steps.do(f"GotoIf({has_prefix('TL_D', '+')}?:out)")
    steps.do("Set(TL_D=${TL_D:1})")
    _ask_abroad(steps, plan, otherwise="out")
    _go_abroad(steps)


def _short(steps: Exten, plan: Plan) -> None:
    """Not a whole number: perhaps a short one of the country, which stays as it was dialled."""
    short = short_plan(plan.region)
    if short is not None:
        for pattern in short.valid:
            steps.do(f"GotoIf({matches('TL_N', pattern)}?:out)")
        steps.do(f"MSet(TL_KIND=outside,TL_COUNTRY={plan.region},TL_CLASS={CallClass.PREMIUM.value})")
        if short.costly:
            steps.do(f"GotoIf({matches('TL_N', *short.costly)}?out)")
        if short.cheap:
            steps.do(f"GotoIf({matches('TL_N', *short.cheap)}?:out)").do(f"Set(TL_CLASS={CallClass.NATIONAL.value})")
    steps.do("Return()", label="out")


def _national(steps: Exten, plan: Plan) -> None:
    """A number of the own country that is not costly: a mobile telephone, a line in the same area, or another.

    Patterns are asked in the order of what they cost, not in that of the library: all that decide must fit.
    """
    fixed, mobile = plan.pattern("fixed_line"), plan.pattern("mobile")
    steps.do(f"Set(TL_CLASS={CallClass.NATIONAL.value})")
    if mobile and mobile != fixed:
        steps.do(f"GotoIf({matches('TL_N', mobile)}?mobile)")
    if fixed:
        steps.do(f"GotoIf({in_area('TL_N', 'ARG2')}?:out)", label="line")
        steps.do(f"GotoIf({matches('TL_N', fixed)}?:out)")
        add_area_length(steps, plan, here="here", elsewhere="out")
        _unless_other(steps, plan, label="here")
        steps.do(f"Set(TL_CLASS={CallClass.LOCAL.value})")
    steps.do("Return()", label="out")
    if mobile and mobile != fixed:
        steps.do(f"GotoIf({matches('TL_N', fixed)}?line)" if fixed else "NoOp()", label="mobile")
        _unless_other(steps, plan)
        steps.do(f"Set(TL_CLASS={CallClass.MOBILE.value})").do("Return()")


def _unless_other(steps: Exten, plan: Plan, label: str = "") -> None:
    """Leave at `out` where it is not valid at all, or is free of charge, a pager, a voicemail or suchlike."""
    steps.do(f"GotoIf({matches('TL_N', plan.general)}?:out)", label=label)
    if plan.others:
        steps.do(f"GotoIf({matches('TL_N', *plan.others)}?out)")
