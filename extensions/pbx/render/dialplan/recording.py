"""Recording of calls (CTL-07): what is written while two people talk, by whose rules, and what is said about it.

A rule is a short word: nothing, `a` (always) or `d` (on demand, by *3), and `s` after it where the other side is told.
Whoever is called decides about what comes to them (TL_TAPED, of TL_TAPEDBY), whoever dials about what they begin
(TL_TAPE, of TL_TAPER). Only talk is recorded, never ringing or a voicemail box; emergency calls never are.

Files lie in the spool as `monitor/t2/e17-in-<epoch>-<number of the other side>-<id of the call>.wav`; of those that
were asked for by a key Asterisk makes `monitor/t2-e17-in-….wav`.
"""

from collections.abc import Mapping

from extensions.pbx.formats.dialplan import Context
from extensions.settings.catalogue.recording import RecordingMode
from extensions.settings.resolve import Effective

SAID = "conf-now-recording"
_WORDS = {RecordingMode.ALWAYS.value: "a", RecordingMode.ON_DEMAND.value: "d"}


def rule(settings: Mapping[str, Effective], direction: str) -> str:
    """The rule of a subject for `incoming` or `outgoing` calls, in the word of the dialplan."""
    how = _WORDS.get(str(settings[f"recording.{direction}"].value), "")
    return how + "s" if how and settings["recording.announce"].value else how


def taping() -> list[Context]:
    """`Gosub(tl-tape,s,1(rule,whose,rule,whose,number))` leaves in TL_OPT what Dial needs to record by both rules.

    The first rule is that of who is called, the second that of who dials `number`.
    """
    return [_before(), _talking(), _told()]


def _before() -> Context:
    context = Context("tl-tape")
    exten = context.exten("s")
    exten.do("Set(TL_OPT=)").do('ExecIf($["${ARG1}${ARG3}" = ""]?Return())')
    shown = '${IF($["${CALLERID(num-pres):0:7}" = "allowed"]?${FILTER(0-9+,${CALLERID(num)}):0:40})}'
    exten.do(f"Set(TL_FROM={shown}-${{FILTER(0-9.,${{UNIQUEID}})}})")
    exten.do("Set(TL_TO=${FILTER(0-9+*#,${ARG5}):0:40}-${FILTER(0-9.,${UNIQUEID})})")
    inside, outside = "${TL_TENANT}/${ARG2}-in", "${TL_TENANT}/${ARG4}-out"
    exten.do(f'Set(TL_FILE=${{IF($["${{ARG1:0:1}}" = "a"]?{inside}-${{EPOCH}}-${{TL_FROM}}.wav)}})')
    exten.do(f'Set(TL_SECOND=${{IF($["${{ARG3:0:1}}" = "a"]?{outside}-${{EPOCH}}-${{TL_TO}}.wav)}})')
    exten.do(f'Set(TL_TOUCH=${{IF($["${{ARG1:0:1}}" = "d"]?{inside})}})')
    exten.do(f'Set(TL_SAID=${{IF($["${{ARG1:1}}" = "s"]?{SAID}:beep)}})')
    exten.do("Set(TL_OPT=U(tl-taping^${TL_FILE}^${TL_SECOND}^${TL_TOUCH}^${TL_FROM}^${TL_SAID}))")
    exten.do('ExecIf($["${ARG1:0:1}" = "d"]?Set(TL_OPT=${TL_OPT}x))')
    # Who is called is told when they answer, before the two can talk.
    exten.do(f'ExecIf($["${{ARG3}}" = "as"]?Set(TL_OPT=${{TL_OPT}}A({SAID})))')
    exten.do('ExecIf($["${ARG1}" = "as"]?Gosub(tl-told,s,1))')
    exten.do('ExecIf($["${ARG3:0:1}" != "d"]?Return())').do("Set(TL_OPT=${TL_OPT}X)")
    exten.do(f'Set(TOUCH_MIXMONITOR_MESSAGE_START=${{IF($["${{ARG3:1}}" = "s"]?{SAID}:beep)}})')
    exten.do(f"Set(TOUCH_MIXMONITOR_PREFIX={outside})").do("Set(TOUCH_MIXMONITOR=${TL_TO})")
    exten.do("Set(TOUCH_MIXMONITOR_MESSAGE_STOP=beep)").do("Return()")
    return context


def _told() -> Context:
    """Who calls is told before it rings, once: later their telephone would hear it only with the first words."""
    context = Context("tl-told")
    exten = context.exten("s")
    exten.do('ExecIf($["${TL_TOLD}" = "1"]?Return())').do("Set(__TL_TOLD=1)")
    exten.do("Progress()").do("Wait(0.3)").do(f"Playback({SAID},noanswer)").do("Return()")
    return context


def _talking() -> Context:
    """On the channel of who is called, when they answer."""
    context = Context("tl-taping")
    exten = context.exten("s")
    for file in ("${ARG1}", "${ARG2}"):
        exten.do(f'ExecIf($["{file}" != ""]?MixMonitor({file},b))')
    exten.do('ExecIf($["${ARG3}" = ""]?Return())').do("Set(TOUCH_MIXMONITOR_MESSAGE_START=${ARG5})")
    exten.do("Set(TOUCH_MIXMONITOR_PREFIX=${ARG3})").do("Set(TOUCH_MIXMONITOR=${ARG4})")
    exten.do("Set(TOUCH_MIXMONITOR_MESSAGE_STOP=beep)").do("Return()")
    return context
