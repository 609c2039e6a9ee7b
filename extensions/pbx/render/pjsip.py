"""Endpoints, sign-ins and addresses of record: what lets a tenant's telephones register (PHONE-SYSTEM 2.1, 2.2).

Each kind has a file of its own, so that Asterisk reads only what changed (sorcery.conf). The templates `ext-tpl` and
`aor-tpl` stand in the main files. The PBX gets HA1 and never a password.
"""

from collections import defaultdict
from functools import lru_cache

from extensions.models import Feature
from extensions.pbx.driver import FileSet
from extensions.pbx.facts import LineSecrets, TenantFacts
from extensions.pbx.formats.ini import Options, write_ini
from extensions.pbx.formats.values import digits, host, name, word
from extensions.pbx.render.names import REMEMBERED, endpoint, mailbox

ENDPOINTS, SIGN_INS, ADDRESSES = FILES = ("pjsip_endpoint.conf", "pjsip_auth.conf", "pjsip_aor.conf")


def render_pjsip(facts: TenantFacts) -> FileSet:
    """The three files of one tenant."""
    teams: dict[int, list[int]] = defaultdict(list)
    for team in facts.snapshot.teams.values():
        for member in team.members:
            teams[member].append(team.id)
    codes = {feature: code for code, feature in facts.snapshot.features.items()}
    voicemail = codes.get(Feature.VOICEMAIL, "")
    own = [one for one in facts.snapshot.extensions.values() if one.id in facts.lines]
    slug, at = facts.snapshot.tenant, facts.fqdn
    return {
        ENDPOINTS: "\n".join(
            _endpoint(slug, endpoint(one.number, at), one.name, one.mailbox_id, tuple(teams.get(one.id, ())), voicemail)
            for one in own
        ),
        SIGN_INS: "\n".join(_sign_in(at, one.number, facts.lines[one.id]) for one in own),
        ADDRESSES: "\n".join(_address(at, one.number, voicemail) for one in own),
    }


@lru_cache(maxsize=REMEMBERED)
def _endpoint(slug: str, at: str, called: str, box: int | None, teams: tuple[int, ...], voicemail: str) -> str:
    number, groups = at.partition("@")[0], ",".join(f"{word(slug)}-g{team:d}" for team in teams)
    phone = Options()
    phone.add("type", "endpoint").add("context", f"{word(slug)}-internal").add("subscribe_context", f"{slug}-hints")
    phone.add("auth", at).add("aors", at).add("callerid", f'"{name(called)}" <{digits(number)}>')
    if box:
        phone.add("mailboxes", mailbox(slug, box))
    phone.add("named_call_group", groups).add("named_pickup_group", groups)
    phone.add("accountcode", slug).add("tenantid", slug)
    phone.add("voicemail_extension", digits(voicemail) if voicemail else "")
    return write_ini([phone.section(at, "ext-tpl")])


@lru_cache(maxsize=REMEMBERED)
def _sign_in(fqdn: str, number: str, secrets: LineSecrets) -> str:
    sign_in = Options().add("type", "auth").add("auth_type", "md5").add("username", word(secrets.username))
    sign_in.add("realm", host(fqdn)).add("md5_cred", word(secrets.ha1))
    return write_ini([sign_in.section(endpoint(number, fqdn))])


@lru_cache(maxsize=REMEMBERED)
def _address(fqdn: str, number: str, voicemail: str) -> str:
    where = Options().add("type", "aor").add("voicemail_extension", digits(voicemail) if voicemail else "")
    return write_ini([where.section(endpoint(number, fqdn), "aor-tpl")])
