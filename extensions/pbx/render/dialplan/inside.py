"""What telephones of the tenant dial: `t2-internal`, the context of every endpoint.

Emergency numbers come first and ask nothing. Everything else finds out who dials (`t2-who`), asks whether that may be
dialled (`t2-out`), and goes on to what the number belongs to.
"""

from functools import lru_cache

from phonenumbers import shortnumberinfo

from extensions.callflow.dialling import Kind, Meaning
from extensions.callflow.outgoing import Dialler, presented_number
from extensions.models import CallClass, DestinationKind, DialKind
from extensions.pbx.formats.dialplan import Exten, exten_of
from extensions.pbx.formats.values import digits, host
from extensions.pbx.render.dialplan.features import write_features
from extensions.pbx.render.dialplan.outgoing import out_class
from extensions.pbx.render.dialplan.recording import rule
from extensions.pbx.render.dialplan.targets import target
from extensions.pbx.render.names import REMEMBERED, mailbox
from extensions.pbx.render.numbering import number_call
from extensions.pbx.render.plan import Plan, alike
from extensions.services.numbers import emergency_numbers
from extensions.snapshot.facts import DestinationFacts, ExtensionFacts

_KINDS = {
    DialKind.EXTENSION: DestinationKind.EXTENSION,
    DialKind.TEAM: DestinationKind.TEAM,
    DialKind.MAILBOX: DestinationKind.MAILBOX,
    DialKind.CONFERENCE: DestinationKind.CONFERENCE,
}
_LONGEST_EMERGENCY = 5


def write_inside(plan: Plan) -> None:
    """Everything that a telephone of the tenant can dial."""
    _emergency(plan)
    internal = plan.context("internal")
    for number, owner in sorted(plan.snapshot.numbers.items()):
        if owner.kind in _KINDS:
            to = target(plan, DestinationFacts(_KINDS[owner.kind], owner.owner_id))
            internal.extens.append(_number(plan.slug, number, to))
    _parking(plan)
    write_features(plan)
    _speed_dials(plan)
    internal.exten("_[0-9+]!").do(f"Gosub({plan.slug}-outside,s,1(${{FILTER(0-9+*#,${{EXTEN}})}}))").do(
        "Goto(tl-trunk,s,1)"
    )
    internal.exten("_[*#]!").do("Set(TL_E164=)").do("Goto(tl-end,nowhere,1)")
    _routines(plan)
    _lines(plan)


@lru_cache(maxsize=REMEMBERED)
def _number(slug: str, number: str, to: str) -> Exten:
    return exten_of(digits(number), f"Gosub({slug}-inside,s,1({digits(number)}))", f"Goto({to})")


def _routines(plan: Plan) -> None:
    own = plan.slug
    inside = plan.context("inside").exten("s")
    plan.start(inside, "internal").do(f"Gosub({own}-who,s,1)")
    inside.do("MSet(TL_KIND=internal,TL_E164=${ARG1},TL_CLASS=internal,TL_COUNTRY=)")
    _ask(plan, inside)
    outside = plan.context("outside").exten("s")
    plan.start(outside, "internal").do(f"Gosub({own}-who,s,1)")
    outside.do(number_call("${ARG1}", country=plan.snapshot.country, ani=plan.snapshot.ani))
    outside.do('GotoIf($["${TL_KIND}" != "outside"]?tl-end,nowhere,1)')
    _ask(plan, outside)
    # Whoever transfers a call decides where it may go, not whoever is transferred.
    who = plan.context("who").exten("s")
    who.do('GotoIf($["${TL_TRIAL}" != ""]?trial)')
    who.do('GotoIf($["${TL_CLICK}" != "" & "${BLINDTRANSFER}" = ""]?clicked)')
    who.do("Set(TL_LINE=${CUT(CHANNEL(endpoint),@,1)})")
    who.do('ExecIf($["${BLINDTRANSFER}" != ""]?Set(TL_LINE=${CUT(CUT(BLINDTRANSFER,/,2),@,1)}))')
    who.do("Goto(known)")
    # Called from a page: the line is told by the portal, and the other side sees it as always.
    who.do("Set(TL_LINE=${TL_CLICK})", label="clicked")
    who.do(f"Set(CALLERID(all)=${{PJSIP_ENDPOINT(${{TL_CLICK}}@{host(plan.facts.fqdn)},callerid)}})").do("Goto(known)")
    who.do("Set(TL_LINE=${TL_TRIAL_FROM})", label="trial")
    who.do(f"GotoIf($[${{DIALPLAN_EXISTS({own}-lines,${{TL_LINE}},1)}} = 1]?{own}-lines,${{TL_LINE}},1)", label="known")
    who.do(f"MSet(TL_ME=0,TL_CALLER=,TL_OUT={out_class(plan, None)},TL_MYBOX=)").do("Return()")


def _ask(plan: Plan, routine: Exten) -> None:
    routine.do(f"Gosub({plan.slug}-out,${{TL_OUT}},1)")
    routine.do('GotoIf($["${TL_ALLOWED}" != "1"]?tl-end,denied,1)').do("Return()")


def _lines(plan: Plan) -> None:
    lines = plan.context("lines")
    found: dict[object, str] = {}
    for one in plan.snapshot.extensions.values():
        same = (alike(one), one.suspended, one.blocks)
        if same not in found:
            rules = f"TL_OUT={out_class(plan, one)},TL_SOS={_emergency_number(plan, one)}"
            taped = rule(one.settings, "outgoing")
            found[same] = rules + (f",__TL_TAPE={taped}" if taped else "")
        box = mailbox(plan.slug, one.mailbox_id) if one.mailbox_id else ""
        lines.extens.append(_line(one.id, one.number, box, one.suspended, found[same]))


@lru_cache(maxsize=REMEMBERED)
def _line(id: int, number: str, box: str, stopped: bool, rules: str) -> Exten:
    known = f"TL_ME={id:d},TL_CALLER={digits(number)},TL_MYBOX={box},TL_STOPPED={stopped:d},{rules}"
    known += f",__TL_TAPER=e{id:d}" if "TL_TAPE=" in rules else ""
    return exten_of(digits(number), f"MSet({known})", "Return()")


def _emergency_number(plan: Plan, extension: ExtensionFacts) -> str:
    meaning = Meaning(Kind.EMERGENCY, "112", CallClass.EMERGENCY)
    number = presented_number(plan.snapshot, Dialler.of(plan.snapshot, extension), meaning)
    return digits(number) if number else ""


def _emergency(plan: Plan) -> None:
    """Before every rule, block, status and limit, and never withheld (PHONE-SYSTEM 7)."""
    internal = plan.context("internal")
    taken = {number for number, owner in plan.snapshot.numbers.items() if owner.kind is not DialKind.FEATURE}
    reaching = emergency_numbers(plan.snapshot.country) | (_named(plan.snapshot.country) - taken)
    for number in sorted(reaching):
        for dialled in (number, f"{number}#"):  # many telephones end a number with a hash
            exten = internal.exten(dialled)
            plan.start(exten, "internal").do(f"Gosub({plan.slug}-who,s,1)")
            exten.do(f'Set(TL_SOS=${{IF($["${{TL_SOS}}" = ""]?{plan.snapshot.ani}:${{TL_SOS}})}})')
            exten.do(f"Goto(tl-emergency,{number},1)")


@lru_cache(maxsize=300)
def _named(country: str) -> frozenset[str]:
    """What the country's numbering plan calls an emergency number, besides our own list."""
    candidates = (f"{value:0{length}}" for length in range(2, _LONGEST_EMERGENCY) for value in range(10**length))
    return frozenset(one for one in candidates if country and shortnumberinfo.is_emergency_number(one, country))


def _speed_dials(plan: Plan) -> None:
    internal = plan.context("internal")
    shared = plan.snapshot.speed_dials
    own: dict[str, list[tuple[int, str]]] = {}
    for extension in plan.snapshot.extensions.values():
        for dial in extension.speed_dials:
            own.setdefault(dial.code, []).append((extension.id, dial.number))
    for code in sorted({*shared, *own} - set(plan.snapshot.features)):
        exten = internal.exten(digits(code))
        if code in own:
            exten.do(f"Gosub({plan.slug}-who,s,1)")
            place = f"{plan.slug}-dials-${{TL_ME}},${{EXTEN}},1"
            exten.do(f"GotoIf($[${{DIALPLAN_EXISTS({place})}} = 1]?{place})")
        exten.do(f"Goto({digits(shared[code].number)},1)" if code in shared else "Goto(tl-end,nowhere,1)")
        for extension_id, number in own.get(code, ()):
            plan.context(f"dials-{extension_id}").exten(digits(code)).do(
                f"Goto({plan.slug}-internal,{digits(number)},1)"
            )


def _parking(plan: Plan) -> None:
    """The lot's number parks a call; a slot takes one that is transferred there, and gives back to whoever dials it.

    A call for which there is no room goes back to whoever wanted to park it, so that nobody is lost.
    """
    lot = plan.snapshot.parking
    if lot is None:
        return
    internal, own = plan.context("internal"), plan.slug
    taken = f'"${{DEVICE_STATE(park:${{TL_SLOT}}@{own}-parked)}}" = "INUSE"'
    for number in (lot.number, *lot.slots):
        exten = internal.exten(digits(number))
        exten.do(f"Gosub({own}-inside,s,1({digits(number)}))").do(f"Gosub(tl-over,s,1(parking:{digits(number)}))")
        if number == lot.number:
            exten.do(f"Set(TL_SLOT={digits(lot.slots[0])})")
            exten.do(f"GotoIf($[{taken}]?next)", label="look").do(f"Park({own})").do("Hangup(16)")
            exten.do("Set(TL_SLOT=$[${TL_SLOT} + 1])", label="next")
            exten.do(f"GotoIf($[${{TL_SLOT}} <= {int(lot.slots[-1])}]?look)")
        else:
            exten.do('GotoIf($["${BLINDTRANSFER}" != ""]?put)').do(f"ParkedCall({own},{digits(number)})")
            exten.do("Hangup(16)").do(f"Set(TL_SLOT={digits(number)})", label="put").do(f"GotoIf($[{taken}]?full)")
            exten.do(f"Set(PARKINGEXTEN={digits(number)})").do(f"Park({own})").do("Hangup(16)")
        exten.do('GotoIf($["${BLINDTRANSFER}" = "" | "${TL_ME}" = "0"]?tl-end,occupied,1)', label="full")
        exten.do(f"Goto({own}-go,e${{TL_ME}},1)")
