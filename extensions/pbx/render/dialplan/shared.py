"""What all tenants' dialplans use: `tl-…`. Nothing here knows a tenant; everything is told by channel variables.

| variable | meaning |
|---|---|
| TL_TENANT, TL_ORIGIN | the slug; `internal` or `external` |
| TL_MOST | how many calls over trunks the tenant may have at once; 0: any number |
| TL_NOW | the moment that rules are asked for (epoch) |
| TL_ME, TL_CALLER | id of the extension that dials; number of whoever calls, empty if withheld |
| TL_STOPPED | 1 where the extension that dials is suspended: it calls only for help |
| TL_P, TL_NUM, TL_AT, TL_BOX, TL_OUT | whom the call reached last: place, number, endpoint, box, outgoing class |
| TL_PASSED, TL_HOPS | every place on the way: ten at most, none twice |
| TL_TAPE, TL_TAPED | the rules of recording of who dials and of whom the call reached (dialplan.recording) |
| TL_SOUNDS | where the tenants' folders lie, and in each of them its sounds (global) |
| TL_CLICK | the number of the extension whose telephones ring because of a page; only the portal can set it |
| TL_TRIAL, TL_PATH | a call that only asks where it would go, and what it met; only the portal can set it |
"""

from extensions.callflow.walk import MOST_HOPS
from extensions.pbx.formats.dialplan import Context, write_dialplan
from extensions.pbx.formats.values import folder
from extensions.pbx.render.dialplan.recording import taping

# ISDN causes that telephones show as what they mean (Q.850).
_ENDS = {
    "busy": ("", 17),
    "rejected": ("", 21),
    "hangup": ("", 16),
    "nobody": ("vm-nobodyavail", 19),
    "loop": ("", 25),
    "suspended": ("ss-noservice", 21),
    "denied": ("ss-noservice", 21),
    "nowhere": ("pbx-invalid", 1),
    "occupied": ("", 17),
    "full_box": ("vm-mailboxfull", 16),
    "full": ("all-circuits-busy-now", 34),
}
_TAPE = "Gosub(tl-tape,s,1(${TL_TAPED},${TL_TAPEDBY},${TL_TAPE},${TL_TAPER},${TL_NUM}))"
PORTAL_AWAY = 30  # seconds without a sign of life after which codes that need the portal are refused


def render_shared(*, sounds: str = "") -> str:
    """The routines that every tenant's dialplan calls, as text. `sounds`: the folder of the tenants' folders."""
    found = [_start(), _enter(), _status(), _ring(), _team(), _box(), _block(), _over(), _end(), _caller(), _feature()]
    found += taping()
    known = f"[globals]\nTL_SOUNDS = {folder(sounds)}\n\n" if sounds else ""
    return known + write_dialplan(found)


def _start() -> Context:
    context = Context("tl-start")
    exten = context.exten("s")
    exten.do(
        "MSet(TL_TENANT=${ARG1},TL_ORIGIN=${ARG2},TL_MOST=${ARG3},TL_PASSED=,TL_HOPS=0,TL_TAPE=,TL_TAPED=,TL_TOLD=)"
    )
    exten.do('Set(TL_NOW=${IF($["${TL_TRIAL_AT}" = ""]?${EPOCH}:${TL_TRIAL_AT})})').do("Return()")
    return context


def _enter() -> Context:
    """Pass through an extension or team; TL_LOOP says that the call was here before, or came too far."""
    context = Context("tl-enter")
    exten = context.exten("s")
    exten.do('Set(TL_LOOP=${REGEX("-${TL_P}-" ${TL_PASSED}-)})').do("Set(TL_TAPED=)")
    exten.do("Set(TL_PASSED=${TL_PASSED}-${TL_P}-)").do("Set(TL_HOPS=$[${TL_HOPS} + 1])")
    exten.do(f"ExecIf($[${{TL_HOPS}} > {MOST_HOPS}]?Set(TL_LOOP=1))").do("Return()")
    return context


def _status() -> Context:
    context = Context("tl-status")
    exten = context.exten("s")
    exten.do("Set(TL_STATUS=${CUT(DB(tl/${TL_TENANT}/status/${TL_P:1}),:,1)})")
    exten.do('ExecIf($["${TL_STATUS}" = ""]?Set(TL_STATUS=available))').do("Return()")
    return context


def _ring() -> Context:
    """Ring the telephones of TL_AT for ARG1 seconds; TL_RESULT tells why nobody talks."""
    context = Context("tl-ring")
    exten = context.exten("s")
    exten.do("MSet(TL_PATH=${TL_PATH}|ring:extension:${TL_NUM},TL_RESULT=unanswered)")
    exten.do('ExecIf($["${TL_TRIAL}" != ""]?Return())')
    exten.do("Set(__PICKUPMARK=${TL_TENANT}-${TL_NUM})")
    exten.do("Set(TL_CONTACTS=${PJSIP_DIAL_CONTACTS(${TL_AT})})")
    exten.do('GotoIf($["${TL_CONTACTS}" = ""]?away)')
    exten.do(_TAPE).do("Dial(${TL_CONTACTS},${ARG1},${TL_OPT})")
    exten.do('GotoIf($["${DIALSTATUS}" = "ANSWER"]?tl-end,hangup,1)')
    exten.do('ExecIf($["${DIALSTATUS}" = "BUSY"]?Set(TL_RESULT=busy))')
    exten.do('GotoIf($["${DIALSTATUS}" = "CHANUNAVAIL" | "${DIALSTATUS}" = "CONGESTION"]?away)').do("Return()")
    exten.do("Set(TL_RESULT=unregistered)", label="away").do("Return()")
    member = context.exten("member")
    member.do("Set(__PICKUPMARK=${TL_TENANT}-${TL_NUM})")
    member.do("Set(TL_CONTACTS=${PJSIP_DIAL_CONTACTS(${TL_AT})})")
    member.do('GotoIf($["${TL_CONTACTS}" = ""]?tl-end,hangup,1)')
    member.do(_TAPE).do("Dial(${TL_CONTACTS},,${TL_OPT})").do("Hangup(17)")
    return context


def _team() -> Context:
    """Ring a team's queue ARG1 for at most ARG2 seconds, everybody once; the caller hears ringing."""
    context = Context("tl-team")
    exten = context.exten("s")
    exten.do("Set(TL_PATH=${TL_PATH}|ring:team:${TL_NUM})")
    exten.do('ExecIf($["${TL_TRIAL}" != ""]?Return())')
    exten.do('ExecIf($["${TL_TAPED}" = "as"]?Gosub(tl-told,s,1))')
    exten.do("Queue(${ARG1},rn,,,${ARG2})").do("Return()")
    return context


def _box() -> Context:
    """The voicemail of whoever was called last; `busy` says busy where there is none."""
    context = Context("tl-box")
    for name, otherwise, greeting in (("s", "nobody", "u"), ("busy", "busy", "b")):
        exten = context.exten(name)
        exten.do(f'GotoIf($["${{TL_BOX}}" = ""]?tl-end,{otherwise},1)')
        exten.do("Gosub(tl-over,s,1(voicemail:${TL_NUM}))")
        exten.do("GotoIf(${DB_EXISTS(tl/${TL_TENANT}/full/${TL_BOX})}?tl-end,full_box,1)")
        exten.do(f"VoiceMail(${{TL_BOX}}@${{TL_TENANT}},{greeting}${{TL_VM}})").do("Hangup(16)")
    return context


def _block() -> Context:
    context = Context("tl-block")
    for action, place in (("voicemail", "tl-box,s,1"), ("busy", "tl-end,busy,1"), ("reject", "tl-end,rejected,1")):
        context.exten(action).do(f"Goto({place})")
    return context


def _over() -> Context:
    """Ends a trial, telling where it came to; real calls go on."""
    context = Context("tl-over")
    exten = context.exten("s")
    exten.do('ExecIf($["${TL_TRIAL}" = ""]?Return())')
    exten.do("UserEvent(PortalTrial,TlTrial: ${TL_TRIAL},TlPath: ${TL_PATH}|${ARG1})").do("Hangup(16)")
    return context


def _end() -> Context:
    context = Context("tl-end")
    for name, (sound, cause) in _ENDS.items():
        exten = context.exten(name)
        exten.do(f"Gosub(tl-over,s,1({name}))")
        if sound:
            # Without the pause many telephones cut the beginning off.
            exten.do("Progress()").do("Wait(0.3)").do(f"Playback({sound},noanswer)")
        exten.do(f"Hangup({cause})")
    return context


def _caller() -> Context:
    """What a caller from outside shows, in TL_TYPED; nothing where the number is withheld."""
    context = Context("tl-caller")
    exten = context.exten("s")
    exten.do("MSet(TL_CALLER=,TL_TYPED=)").do('GotoIf($["${TL_TRIAL}" != ""]?trial)')
    exten.do('ExecIf($["${CALLERID(num-pres):0:7}" != "allowed"]?Return())')
    exten.do("Set(TL_TYPED=${FILTER(0-9+,${CALLERID(num)})})")
    # Carriers write 00 for the plus, whatever is dialled in the country.
    exten.do('ExecIf($["x${TL_TYPED:0:2}" = "x00"]?Set(TL_TYPED=+${TL_TYPED:2}))').do("Return()")
    exten.do("Set(TL_TYPED=${FILTER(0-9+,${TL_TRIAL_FROM})})", label="trial").do("Return()")
    return context


def _feature() -> Context:
    context = Context("tl-feature")
    told = "UserEvent(PortalFeature,TlTenant: ${TL_TENANT},TlExtension: ${TL_ME},TlFeature: ${TL_FEATURE}"
    told += ",TlArgument: ${TL_ARGUMENT},TlEpoch: ${EPOCH})"
    context.exten("told").do(told).do("Answer()").do("Playback(beep)").do("Hangup(16)")
    portal = context.exten("portal")
    portal.do('GotoIf($["${TL_ME}" = "0"]?tl-end,nowhere,1)')
    portal.do(f"GotoIf($[${{EPOCH}} - 0${{GLOBAL(TL_PORTAL)}} > {PORTAL_AWAY}]?away)").do("Goto(told,1)")
    portal.do("Answer()", label="away").do("Playback(sorry&please-try-call-later)").do("Hangup(16)")
    voicemail = context.exten("voicemail")
    voicemail.do('GotoIf($["${TL_MYBOX}" = ""]?tl-end,nowhere,1)').do("Answer()").do("VoiceMailMain(${TL_MYBOX},s)")
    voicemail.do("Hangup(16)")
    context.exten("pickup").do("Pickup()").do("Goto(tl-end,nobody,1)")
    context.exten("echo").do("Answer()").do("Echo()").do("Hangup(16)")
    speak = context.exten("speak")
    speak.do("Set(TL_CONTACTS=${PJSIP_DIAL_CONTACTS(${TL_AT})})")
    speak.do('GotoIf($["${TL_CONTACTS}" = ""]?tl-end,nobody,1)')
    speak.do("Dial(${TL_CONTACTS},20,b(tl-feature^loud^1))").do("Hangup(16)")
    click = context.exten("click")
    click.do("Set(TL_CONTACTS=${PJSIP_DIAL_CONTACTS(${TL_AT})})")
    click.do('GotoIf($["${TL_CONTACTS}" = ""]?tl-end,nobody,1)').do("Dial(${TL_CONTACTS},25)").do("Hangup(16)")
    loud = context.exten("loud")
    loud.do("Set(PJSIP_HEADER(add,Alert-Info)=info=alert-autoanswer)").do("Return()")
    return context
