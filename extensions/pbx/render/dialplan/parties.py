"""Extensions and teams as calls reach them (twins of callflow.extension and callflow.team).

`t2-go,e17,1` and `t2-go,g5,1` set what is true of that one, and go on to a profile that all alike share: loop guard →
suspended → exceptions → blocked callers → do not disturb → hours → ring plan of the status → voicemail.
"""

from dataclasses import dataclass
from functools import lru_cache

from extensions.callflow.profiles import profile_of
from extensions.models import BlockDirection, StatusKind
from extensions.pbx.formats.dialplan import Context, Exten, exten_of
from extensions.pbx.formats.values import digits
from extensions.pbx.render.dialplan.blocking import blocks
from extensions.pbx.render.dialplan.exceptions import exceptions
from extensions.pbx.render.dialplan.hours import hours
from extensions.pbx.render.dialplan.outgoing import out_class
from extensions.pbx.render.dialplan.profiles import forward_to, ring_plan
from extensions.pbx.render.dialplan.recording import rule
from extensions.pbx.render.dialplan.targets import BOX_OR_BUSY, onward
from extensions.pbx.render.names import REMEMBERED, endpoint, queue
from extensions.pbx.render.plan import Plan, alike
from extensions.settings.catalogue import hours as keys
from extensions.settings.catalogue.forwarding import Condition, Origin
from extensions.snapshot.facts import BlockFacts, DestinationFacts, ExtensionFacts, TeamFacts

RINGING = tuple(kind for kind in StatusKind if kind is not StatusKind.DND)


@dataclass(frozen=True, slots=True)
class Office:
    """The hours that hold for somebody, as the name of their routine, and where calls go then."""

    routine: str
    closed: DestinationFacts | None
    resting: DestinationFacts | None
    holiday: DestinationFacts | None


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that decides about calls to somebody; those who have the same share it."""

    suspended: bool
    exceptions: str
    blocks: tuple[BlockFacts, ...]
    office: Office | None
    rings: tuple[tuple[str, str], ...]  # extension of the context (`available_internal`): where it goes
    dnd: tuple[str, ...]  # the step for each origin
    ring: tuple[str, ...]  # steps of a team's own ringing
    no_instructions: bool
    taped: str  # the rule of recording for what comes in


def write_parties(plan: Plan) -> None:
    """Every extension and team of the tenant."""
    found: dict[object, tuple[str, str, bool]] = {}
    go = plan.context("go")
    for one in plan.snapshot.extensions.values():
        same = (alike(one), one.suspended, one.blocks, one.exceptions)
        if same not in found:
            takes = bool(one.settings["voicemail.enabled"].value)
            found[same] = _extension_profile(plan, one), out_class(plan, one), takes
        profile, out, takes = found[same]
        box = one.mailbox_id if takes else None
        at = endpoint(one.number, plan.facts.fqdn)
        go.extens.append(_gone_to(one.id, one.number, at, box, out, f"{plan.slug}-{profile},s,1"))
    for team in plan.snapshot.teams.values():
        exten = go.exten(f"g{team.id:d}")
        exten.do(f"MSet(TL_P=g{team.id:d},TL_NUM={team.number},TL_AT=,TL_BOX=,TL_OUT={out_class(plan, team)})")
        exten.do(f"Goto({plan.slug}-{_team_profile(plan, team)},s,1)")


@lru_cache(maxsize=REMEMBERED)
def _gone_to(id: int, number: str, at: str, box: int | None, out: str, to: str) -> Exten:
    known = f"TL_P=e{id:d},TL_NUM={digits(number)},TL_AT={at},TL_BOX={box or ''},TL_OUT={out}"
    return exten_of(f"e{id:d}", f"MSet({known})", f"Goto({to})")


def _extension_profile(plan: Plan, extension: ExtensionFacts) -> str:
    rings = []
    for kind in RINGING:
        for origin in Origin:
            rings.append((f"{kind.value}_{origin.value}", ring_plan(plan, extension, kind, origin)))
    disturbed = (profile_of(extension.settings, StatusKind.DND, one) for one in Origin)
    key = Profile(
        suspended=extension.suspended,
        exceptions=exceptions(plan, extension.exceptions),
        blocks=extension.blocks,
        office=_office(plan, extension),
        rings=tuple(rings),
        dnd=tuple(onward(plan, forward_to(one, Condition.BUSY), BOX_OR_BUSY) for one in disturbed),
        ring=(),
        no_instructions=not extension.settings["voicemail.instructions"].value,
        taped=rule(extension.settings, "incoming"),
    )
    return plan.once("p", key, lambda name, _key: _write(plan, name, key))


def _team_profile(plan: Plan, team: TeamFacts) -> str:
    unanswered = onward(plan, team.no_answer, "tl-end,nobody,1")
    key = Profile(
        suspended=False, exceptions="", blocks=(), office=_office(plan, team), rings=(), dnd=(),
        ring=(queue(plan.slug, team.id), str(_patience(team)), unanswered),
        no_instructions=False, taped=rule(team.settings, "incoming"),
    )  # fmt: skip
    return plan.once("p", key, lambda name, _key: _write(plan, name, key))


def _patience(team: TeamFacts) -> int:
    """Seconds after which nobody of the team rings any more: once for all, or one turn for each."""
    turns = 1 if team.strategy == "all" else max(len(team.members), 1)
    return team.ring_seconds * turns


def _office(plan: Plan, party: ExtensionFacts | TeamFacts) -> Office | None:
    settings, known = party.settings, plan.snapshot.schedules
    schedule = settings[keys.HOURS].value
    if schedule not in known:
        return None
    routine = hours(plan, schedule, settings[keys.BREAKS].value, exempt=bool(settings[keys.EXEMPT].value))
    actions = (settings[key].value for key in (keys.CLOSED_ACTION, keys.BREAK_ACTION, keys.HOLIDAY_ACTION))
    return Office(routine, *actions)


def _write(plan: Plan, name: str, key: Profile) -> None:
    context = plan.context(name)
    exten = context.exten("s")
    exten.do("Gosub(tl-enter,s,1)").do('GotoIf($["${TL_LOOP}" = "1"]?tl-end,loop,1)')
    if key.suspended:
        exten.do("Goto(tl-end,suspended,1)")
        return
    if key.taped:
        exten.do(f"MSet(__TL_TAPED={key.taped},__TL_TAPEDBY=${{TL_P}})")
    if key.rings:
        exten.do(f"Set(TL_VM={'s' if key.no_instructions else ''})")
    _exceptions(plan, exten, key)
    _blocks(plan, context, exten, key)
    if key.rings:
        exten.do("Gosub(tl-status,s,1)").do('GotoIf($["${TL_STATUS}" = "dnd"]?dnd_${TL_ORIGIN},1)')
    _hours(plan, context, exten, key.office)
    _ring(plan, context, key)


def _exceptions(plan: Plan, exten: Exten, key: Profile) -> None:
    company = exceptions(plan, plan.snapshot.exceptions)
    asked = [(one, at) for at, one in enumerate((key.exceptions, company)) if one]
    for one, at in asked:
        if at == 1:  # the company's are about whom somebody called, not about whom the call came to
            exten.do("GotoIf($[${TL_HOPS} > 1]?asked)")
        exten.do(f"Gosub({plan.slug}-exceptions,{one},1)")
        exten.do('GotoIf($["${TL_GO}" = "ring"]?let_${TL_ORIGIN},1)')
        exten.do('GotoIf($["${TL_GO}" != ""]?${TL_GO})')
    exten.do("NoOp()", label="asked")


def _blocks(plan: Plan, context: Context, exten: Exten, key: Profile) -> None:
    found = [blocks(plan, listed, BlockDirection.IN) for listed in (key.blocks, plan.snapshot.blocks)]
    for one in (name for name in found if name):
        exten.do(f'Gosub({one},${{IF($["${{TL_CALLER}}" = ""]?anonymous:${{TL_CALLER}})}},1)')
        exten.do('GotoIf($["${TL_BLOCK}" != ""]?tl-block,${TL_BLOCK},1)')


def _hours(plan: Plan, context: Context, exten: Exten, office: Office | None) -> None:
    if office is None:
        exten.do("Goto(go_on,1)")
        return
    exten.do(f"Gosub({plan.slug}-hours,{office.routine},1)").do("Goto(${TL_STATE},1)")
    context.exten("open").do("Goto(go_on,1)")
    context.exten("break").do(onward(plan, office.resting, "go_on,1"))
    context.exten("closed").do(onward(plan, office.closed, "go_on,1"))
    for state, otherwise in (("holiday", office.holiday or office.closed), ("special", office.closed)):
        made = context.exten(state)
        made.do(f'GotoIf($["${{TL_HTO}}" = "{plan.slug}-go,${{TL_P}},1"]?go_on,1)')
        made.do('GotoIf($["${TL_HTO}" != ""]?${TL_HTO})').do(onward(plan, otherwise, "go_on,1"))


def _ring(plan: Plan, context: Context, key: Profile) -> None:
    if key.ring:
        name, seconds, unanswered = key.ring
        context.exten("go_on").do(f"Gosub(tl-team,s,1({name},{seconds}))").do(unanswered)
        for origin in Origin:
            context.exten(f"let_{origin.value}").do("Goto(go_on,1)")
        return
    context.exten("go_on").do("Goto(${TL_STATUS}_${TL_ORIGIN},1)")
    for name, found in key.rings:
        context.exten(name).do(f"Goto({plan.slug}-plans,{found},1)")
    available = dict(key.rings)
    for origin, disturbed in zip(Origin, key.dnd, strict=True):
        found = available[f"{StatusKind.AVAILABLE.value}_{origin.value}"]
        context.exten(f"let_{origin.value}").do(f"Goto({plan.slug}-plans,{found},ring)")
        context.exten(f"dnd_{origin.value}").do(disturbed)
