"""Where a call goes, as what Goto takes: `context,extension,1`. What counts about senders stands in channel variables.

`tl-box,s,1` is the voicemail of whoever was called last (TL_BOX); an outside number is called by the rules of whoever
was called last (TL_OUT). So one destination is written once, whoever sends calls there.
"""

from extensions.callflow.dialling import Kind, meaning_of
from extensions.models import DestinationKind
from extensions.pbx.formats.values import digits, word
from extensions.pbx.render.names import SOUNDS, announcement, room
from extensions.pbx.render.plan import Plan
from extensions.snapshot.facts import DestinationFacts

OWN_BOX = "tl-box,s,1"
BOX_OR_BUSY = "tl-box,busy,1"
NOWHERE = "tl-end,nowhere,1"


def target(plan: Plan, to: DestinationFacts) -> str:
    """What Goto takes to bring a call to `to`; something that is gone leads to its end."""
    snapshot = plan.snapshot
    if to.kind is DestinationKind.VOICEMAIL:
        return OWN_BOX
    if to.kind is DestinationKind.HANGUP:
        return "tl-end,hangup,1"
    if to.kind is DestinationKind.NUMBER:
        return _outside(plan, to.number)
    if to.kind is DestinationKind.EXTENSION:
        return plan.go("go", f"e{to.target_id:d}") if to.target_id in snapshot.extensions else NOWHERE
    if to.kind is DestinationKind.TEAM:
        return plan.go("go", f"g{to.target_id:d}") if to.target_id in snapshot.teams else NOWHERE
    return _thing(plan, to)


def onward(plan: Plan, to: DestinationFacts | None, otherwise: str) -> str:
    """The step that brings a call to `to`, or to `otherwise` where nothing is said or `to` is whom it reached already.

    Whom it reached is known only to the PBX (TL_P): one setting of the company holds for many.
    """
    if to is None:
        return f"Goto({otherwise})"
    letter = {DestinationKind.EXTENSION: "e", DestinationKind.TEAM: "g"}.get(to.kind)
    if letter is None:
        return f"Goto({target(plan, to)})"
    return f'GotoIf($["${{TL_P}}" = "{letter}{to.target_id:d}"]?{otherwise}:{target(plan, to)})'


def _thing(plan: Plan, to: DestinationFacts) -> str:
    snapshot, own = plan.snapshot, plan.slug
    if to.kind is DestinationKind.MAILBOX and to.target_id in snapshot.mailboxes:
        return plan.go("things", plan.once("m", to.target_id, lambda name, _key: _box(plan, name, to.target_id)))
    if to.kind is DestinationKind.CONFERENCE and to.target_id in snapshot.conferences:
        return plan.go("things", plan.once("c", to.target_id, lambda name, _key: _room(plan, name, to.target_id)))
    if to.kind is DestinationKind.ANNOUNCEMENT and to.target_id in snapshot.announcements:
        say = f"Playback(${{TL_SOUNDS}}/{own}/{SOUNDS}/{announcement(to.target_id)})"
        return plan.go("things", plan.once("a", to.target_id, lambda name, _key: _sound(plan, name, say, to.target_id)))
    return NOWHERE


def _box(plan: Plan, name: str, box: int) -> None:
    facts = plan.snapshot.mailboxes[box]
    exten = plan.context("things").exten(name)
    exten.do(f"Gosub(tl-over,s,1(mailbox:{digits(facts.number)}))")
    exten.do(f"GotoIf(${{DB_EXISTS(tl/{plan.slug}/full/{box:d})}}?tl-end,full_box,1)")
    exten.do(f"VoiceMail({box:d}@{plan.slug},us)").do("Hangup(16)")


def _room(plan: Plan, name: str, conference: int) -> None:
    """Members enter as members; a caller from outside never is one (TL_ME is of telephones inside)."""
    number = plan.snapshot.conferences[conference].number
    bridge = word(room(plan.slug, conference))
    exten = plan.context("things").exten(name)
    exten.do(f"Gosub(tl-over,s,1(conference:{digits(number)}))").do("Answer()")
    members = plan.facts.rooms[conference].members if conference in plan.facts.rooms else frozenset()
    if members:
        known = "-".join(str(one) for one in sorted(members))
        exten.do(f'GotoIf(${{REGEX("-${{TL_ME}}-" -{known}-)}}?member)')
    exten.do(f"ConfBridge({bridge},{bridge},{bridge}-guest)").do("Hangup(16)")
    exten.do(f"ConfBridge({bridge},{bridge},{bridge}-member)", label="member").do("Hangup(16)")


def _sound(plan: Plan, name: str, say: str, sound: int) -> None:
    exten = plan.context("things").exten(name)
    exten.do(f"Gosub(tl-over,s,1(announcement:{sound:d}))").do("Answer()").do(say).do("Hangup(16)")


def _outside(plan: Plan, number: str) -> str:
    return plan.go("forward", plan.once("n", number, lambda name, _key: _forward(plan, name, number)))


def _forward(plan: Plan, name: str, number: str) -> None:
    """An outside number that somebody forwards to; what it means is known here, so the PBX need not find out."""
    meaning = meaning_of(plan.snapshot, number)
    exten = plan.context("forward").exten(name)
    if meaning.kind is not Kind.OUTSIDE:
        exten.do(f"Set(TL_E164={digits(meaning.number)})").do("Goto(tl-end,denied,1)")
        return
    facts = f"TL_KIND=outside,TL_E164={digits(meaning.number)},TL_CLASS={meaning.call_class.value}"
    exten.do(f"MSet({facts},TL_COUNTRY={meaning.country})")
    exten.do(f"Gosub({plan.slug}-out,${{TL_OUT}},1)")
    exten.do('GotoIf($["${TL_ALLOWED}" != "1"]?tl-end,denied,1)')
    exten.do("Set(TL_PATH=${TL_PATH}|ring:outside:${TL_E164})")
    exten.do("Goto(tl-trunk,s,1)")
