"""Taking the national prefix away, as `phonenumbers` does while it reads a number."""

from extensions.pbx.formats.dialplan import Context, Exten
from extensions.pbx.render.numbering.conditions import length_is, lengths_where, matches, starts
from extensions.pbx.render.numbering.patterns import digits
from extensions.pbx.render.numbering.plans import Plan
from extensions.pbx.render.numbering.prefixes import first_digits, may_begin, shapes

STRIP = "strip"


def add_strip(context: Context, plan: Plan) -> None:
    """The routine `strip`: TL_X becomes TL_N without the plan's national prefix, or TL_N where there is none.

    A number that is valid as it stands is not made one that is not.
    """
    rule = plan.metadata.national_prefix_transform_rule
    found = shapes(plan.metadata.national_prefix_for_parsing, rule)
    if not found:
        return
    steps = context.exten(STRIP)
    for at, shape in enumerate(found):
        steps.do(f"GotoIf({shape.condition('TL_N')}?take{at})")
    steps.do("Set(TL_X=${TL_N})", label="keep").do("Return()")
    for at, shape in enumerate(found):
        steps.do(f"Set(TL_X={shape.rest('TL_N', rule)})", label=f"take{at}")
        if at < len(found) - 1:
            steps.do("Goto(look)")
    if may_begin(plan.general, found):
        steps.do(f"GotoIf({matches('TL_X', plan.general)}?gone)", label="look")
        steps.do(f"GotoIf({matches('TL_N', plan.general)}?keep)")
        steps.do("Return()", label="gone")
    else:
        steps.do("Return()", label="look")


def strip_here(steps: Exten, plan: Plan, *, after: str) -> None:
    """Take the prefix off TL_N where what remains can be a whole number; goes on at the label `after`, not set here."""
    found = shapes(plan.metadata.national_prefix_for_parsing, plan.metadata.national_prefix_transform_rule)
    if not found:
        return
    steps.do(f"GotoIf({starts('TL_N', digits(first_digits(found)))}?:{after})")
    steps.do(f"Gosub({STRIP},1)")
    steps.do(f"GotoIf({can_be_whole(plan, 'TL_X')}?:{after})")
    steps.do("Set(TL_N=${TL_X})")


def can_be_whole(plan: Plan, variable: str) -> str:
    """Whether it is as long as a number with its area code, or longer than any number."""
    lengths = lengths_where(plan.lengths, beyond=max(plan.lengths))
    return length_is(variable, set(lengths) - plan.lengths_in_area)


def is_too_long(plan: Plan, variable: str) -> str:
    """Whether it is longer than any number of the plan."""
    return length_is(variable, set(lengths_where((), beyond=max(plan.lengths))) - plan.lengths_in_area)
