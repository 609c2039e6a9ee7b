"""Whether a call may be made and what the other side sees (twin of callflow.outgoing; CTL-06, CTL-08, CTL-10).

`Gosub(t2-out,o1,1)` asks for a class of diallers, of whom all have the same blocked numbers, hours, rules and caller
id. It reads TL_KIND, TL_E164 (the internal number, or E.164), TL_CLASS and TL_COUNTRY, and leaves TL_ALLOWED,
TL_CID (the number of the company's own that is shown) and TL_HIDE. Emergency calls never come here.
"""

from dataclasses import dataclass

from extensions.callflow.outgoing import ALLOWED_BY_DEFAULT, Dialler, owned_numbers
from extensions.models import BlockDirection, OutgoingMatch
from extensions.pbx.formats.values import digits, prefix, word
from extensions.pbx.render.dialplan.blocking import blocks
from extensions.pbx.render.dialplan.hours import hours
from extensions.pbx.render.plan import Plan
from extensions.snapshot.facts import BlockFacts, ExtensionFacts, RuleFacts, TeamFacts


@dataclass(frozen=True, slots=True)
class OutClass:
    suspended: bool
    blocks: tuple[BlockFacts, ...]
    hours: int
    rules: int
    number: str
    hidden: bool


def out_class(plan: Plan, who: ExtensionFacts | TeamFacts | None) -> str:
    """The name of the class that an extension, a team or the company itself (None) belongs to."""
    dialler = Dialler.of(plan.snapshot, who)
    chosen, settings = plan.snapshot, dialler.settings
    wanted = settings["caller_id.number"].value
    key = OutClass(
        suspended=bool(dialler.extension and dialler.extension.suspended),
        blocks=dialler.extension.blocks if dialler.extension else (),
        hours=_known(settings["outgoing.hours"].value, chosen.schedules),
        rules=_known(settings["outgoing.rules"].value, chosen.rule_sets),
        number=wanted if wanted in owned_numbers(chosen) else chosen.ani,
        hidden=bool(settings["caller_id.withheld"].value),
    )
    return plan.once("o", key, lambda name, _key: _write(plan, name, key))


def _known(id: int | None, found: object) -> int:
    return id if id and id in found else 0  # type: ignore[operator]


def _write(plan: Plan, name: str, key: OutClass) -> None:
    exten = plan.context("out").exten(name)
    shown = digits(key.number) if key.number else ""
    exten.do(f"MSet(TL_ALLOWED=0,TL_CID={shown},TL_HIDE={int(key.hidden)})")
    if key.suspended:
        exten.do("Return()")
        return
    for listed in (key.blocks, plan.snapshot.blocks):
        context = blocks(plan, listed, BlockDirection.OUT)
        if context:
            exten.do(f"Gosub({context},${{TL_E164}},1)").do('ExecIf($["${TL_BLOCK}" != ""]?Return())')
    if key.hours:
        exten.do('GotoIf($["${TL_KIND}" != "outside"]?rules)')
        exten.do(f"Gosub({plan.slug}-hours,{hours(plan, key.hours)},1)")
        exten.do('ExecIf($["${TL_STATE}" != "open"]?Return())')
    exten.do(f"Gosub({plan.slug}-rules,{_rules(plan, key.rules)},1)", label="rules").do("Return()")


def _rules(plan: Plan, id: int) -> str:
    return plan.once("r", id, lambda name, _key: _write_rules(plan, name, id))


def _write_rules(plan: Plan, name: str, id: int) -> None:
    exten = plan.context("rules").exten(name)
    chosen = plan.snapshot.rule_sets.get(id)
    if chosen is None:
        exten.do("Set(TL_ALLOWED=0)")
        for one in sorted(ALLOWED_BY_DEFAULT):
            exten.do(f'ExecIf($["${{TL_CLASS}}" = "{one.value}"]?Set(TL_ALLOWED=1))')
        exten.do("Return()")
        return
    for rule in chosen.rules:
        exten.do(f"GotoIf($[{_fits(rule)}]?{'allow' if rule.allow else 'deny'})")
    exten.do(f"Goto({'allow' if chosen.allow_by_default else 'deny'})")
    exten.do("Set(TL_ALLOWED=1)", label="allow").do("Return()")
    exten.do("Set(TL_ALLOWED=0)", label="deny").do("Return()")


def _fits(rule: RuleFacts) -> str:
    if rule.match is OutgoingMatch.CLASS:
        return f'"${{TL_CLASS}}" = "{word(rule.value)}"'
    if rule.match is OutgoingMatch.COUNTRY:
        return f'"x${{TL_COUNTRY}}" = "x{word(rule.value)}"'
    begins = prefix(rule.value)
    return f'"x${{TL_E164:0:{len(begins)}}}" = "x{begins}"'
