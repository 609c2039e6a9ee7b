"""The way outside, shared by all tenants: trunks in order, emergency calls before everything (PHONE-SYSTEM 7)."""

from collections.abc import Sequence
from dataclasses import dataclass

from extensions.pbx.driver import FileSet
from extensions.pbx.formats.dialplan import Context, write_dialplan
from extensions.pbx.formats.ini import Options, Section, write_ini
from extensions.pbx.formats.values import NotEmittable, word

_SECONDS = 60


@dataclass(frozen=True, slots=True)
class TrunkFacts:
    """One trunk as the PBX needs it. `password` is needed in clear: carriers ask for it by digest."""

    id: int
    host: str
    port: int
    transport: str
    username: str
    password: str
    registers: bool
    match: tuple[str, ...]  # addresses that its calls come from
    emergency: bool


def render_trunks(trunks: Sequence[TrunkFacts]) -> FileSet:
    """The trunks' files below `shared/`: endpoints, sign-ins, addresses, and how carriers are known."""
    ends: list[Section] = []
    auths: list[Section] = []
    places: list[Section] = []
    known: list[Section] = []
    for one in trunks:
        name, address = f"trunk-{one.id:d}", f"sip:{_plain(one.host)}:{one.port:d}"
        if one.transport != "udp":
            address += rf"\;transport={word(one.transport)}"  # the file's own way to write a semicolon
        end = Options().add("type", "endpoint").add("context", "from-trunk").add("aors", name).add("send_pai", True)
        end.add("disallow", "all").add("allow", "alaw,ulaw").add("direct_media", False).add("rtp_symmetric", True)
        # The carrier is always told who calls, and keeps it to itself where the number is withheld.
        end.add("trust_id_outbound", True)
        end.add("from_domain", _plain(one.host)).add("dtmf_mode", "rfc4733").add("trust_id_inbound", True)
        if one.transport != "udp":
            end.add("transport", word(one.transport))
        if one.username:
            end.add("outbound_auth", name).add("from_user", _plain(one.username))
            auth = Options().add("type", "auth").add("auth_type", "userpass").add("username", _plain(one.username))
            auths.append(auth.add("password", _plain(one.password)).section(name))
        where = Options().add("type", "aor").add("contact", address).add("qualify_frequency", 20)
        ends.append(end.section(name, "media-tpl"))
        places.append(where.section(name))
        if one.match:
            found = Options().add("type", "identify").add("endpoint", name)
            for match in one.match:
                found.add("match", _plain(match))
            known.append(found.section(f"{name}-from"))
        if one.registers:
            known.append(_registration(one, name, address))
    kinds = {"endpoint": ends, "auth": auths, "aor": places, "trunks": known}
    return {f"pjsip/{kind}.conf": write_ini(sections) for kind, sections in kinds.items()}


def _registration(one: TrunkFacts, name: str, address: str) -> Section:
    made = Options().add("type", "registration").add("outbound_auth", name).add("server_uri", address)
    made.add("client_uri", f"sip:{_plain(one.username)}@{_plain(one.host)}").add("line", True).add("endpoint", name)
    return made.add("retry_interval", 30).add("forbidden_retry_interval", 300).section(f"{name}-register")


def render_ways_out(trunks: Sequence[TrunkFacts]) -> str:
    """The dialplan of the trunks: outside calls, emergency calls, and numbers that nobody has."""
    return write_dialplan([_out(trunks), _emergency(trunks), _arriving()])


def _out(trunks: Sequence[TrunkFacts]) -> Context:
    """Each trunk in turn, until one takes the call; by the company's own number, or withheld."""
    context = Context("tl-trunk")
    exten = context.exten("s")
    exten.do("Gosub(tl-over,s,1(outside:${TL_E164}))")
    exten.do('GotoIf($["${TL_MOST}" = "0" | "${TL_MOST}" = ""]?go)').do("Set(GROUP(trunk)=${TL_TENANT})")
    exten.do("GotoIf($[${GROUP_COUNT(${TL_TENANT}@trunk)} > ${TL_MOST}]?tl-end,full,1)")
    exten.do("Set(CALLERID(all)=${TL_CID})", label="go")
    exten.do('ExecIf($["${TL_HIDE}" = "1"]?Set(CALLERID(pres)=prohib))')
    exten.do("Gosub(tl-tape,s,1(,,${TL_TAPE},${TL_TAPER},${TL_E164}))")
    for one in trunks:
        exten.do(f"Dial(PJSIP/${{TL_E164}}@trunk-{one.id:d},{_SECONDS},${{TL_OPT}})")
        exten.do('GotoIf($["${DIALSTATUS}" != "CHANUNAVAIL" & "${DIALSTATUS}" != "CONGESTION"]?done)')
    exten.do("Goto(tl-end,full,1)").do("Hangup(${HANGUPCAUSE})", label="done")
    return context


def _emergency(trunks: Sequence[TrunkFacts]) -> Context:
    """Trunks for emergencies first, then all others, until one answers. Told to the portal at once."""
    context = Context("tl-emergency")
    exten = context.exten("_X!")
    exten.do("MSet(TL_FEATURE=emergency,TL_ARGUMENT=${EXTEN})").do("Gosub(tl-over,s,1(emergency:${EXTEN}))")
    exten.do(
        "UserEvent(PortalFeature,TlTenant: ${TL_TENANT},TlExtension: ${TL_ME},TlFeature: emergency"
        ",TlArgument: ${EXTEN},TlEpoch: ${EPOCH})"
    )
    exten.do("Set(CALLERID(all)=${TL_SOS})").do("Set(CALLERID(pres)=allowed)")
    order = sorted(trunks, key=lambda one: not one.emergency)
    ways = [f"PJSIP/${{EXTEN}}@trunk-{one.id:d}" for one in order]
    # In the end all at once, also those that seem not to be there: who answers no questions may still take calls.
    ways += ["&".join(f"PJSIP/trunk-{one.id:d}/sip:${{EXTEN}}@{_plain(one.host)}:{one.port:d}" for one in order)]
    for way in filter(None, ways):
        exten.do(f"Dial({way},{_SECONDS})")
        exten.do('GotoIf($["${DIALSTATUS}" = "ANSWER" | "${DIALSTATUS}" = "CANCEL"]?done)')
    exten.do("Goto(tl-end,full,1)").do("Hangup(${HANGUPCAUSE})", label="done")
    return context


def _arriving() -> Context:
    """Tenants add their own numbers as `+digits`; carriers write them with and without the plus or with 00."""
    context = Context("from-trunk")
    for pattern, number in (("_00.", "+${EXTEN:2}"), ("_[1-9].", "+${EXTEN}")):
        exten = context.exten(pattern)
        exten.do(f"GotoIf($[${{DIALPLAN_EXISTS(from-trunk,{number},1)}} = 1]?from-trunk,{number},1)").do("Hangup(1)")
    context.exten("_+.").do("Hangup(1)")
    context.exten("s").do("Set(TL_TO=${FILTER(0-9+,${CUT(CUT(PJSIP_HEADER(read,To),@,1),:,2)})})").do(
        "GotoIf($[${DIALPLAN_EXISTS(from-trunk,${TL_TO},1)} = 1]?from-trunk,${TL_TO},1)"
    ).do("Hangup(1)")
    context.exten("i").do("Hangup(1)")
    return context


def _plain(text: str) -> str:
    """A host, name, password or address that an operator typed: printable, without what has a meaning in the file."""
    if not text.isascii() or not text.isprintable() or set(text) & set(' ;[]<>"\\'):
        raise NotEmittable("a trunk has a value that may not stand in a configuration file")
    return text
