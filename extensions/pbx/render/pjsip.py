"""Endpoints, sign-ins and addresses of record: what lets a tenant's telephones register (PHONE-SYSTEM 2.1, 2.2).

Each kind has a file of its own, so that Asterisk reads only what changed (sorcery.conf). The templates `ext-tpl` and
`aor-tpl` stand in the main files. The PBX gets HA1 and never a password.
"""

from collections import defaultdict

from extensions.models import Feature
from extensions.pbx.driver import FileSet
from extensions.pbx.facts import TenantFacts
from extensions.pbx.formats.ini import Options, Section, write_ini
from extensions.pbx.formats.values import digits, host, name, word
from extensions.pbx.render.names import endpoint, mailbox
from extensions.snapshot.facts import ExtensionFacts

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
    return {
        ENDPOINTS: write_ini(_endpoint(facts, one, teams[one.id], voicemail) for one in own),
        SIGN_INS: write_ini(_sign_in(facts, one) for one in own),
        ADDRESSES: write_ini(_address(facts, one, voicemail) for one in own),
    }


def _endpoint(facts: TenantFacts, one: ExtensionFacts, teams: list[int], voicemail: str) -> Section:
    slug, at = word(facts.snapshot.tenant), endpoint(one.number, facts.fqdn)
    groups = ",".join(f"{slug}-g{team:d}" for team in teams)
    phone = Options()
    phone.add("type", "endpoint").add("context", f"{slug}-internal").add("subscribe_context", f"{slug}-hints")
    phone.add("auth", at).add("aors", at).add("callerid", f'"{name(one.name)}" <{digits(one.number)}>')
    if one.mailbox_id:
        phone.add("mailboxes", mailbox(slug, one.mailbox_id))
    phone.add("named_call_group", groups).add("named_pickup_group", groups)
    phone.add("accountcode", slug).add("tenantid", slug)
    phone.add("voicemail_extension", digits(voicemail) if voicemail else "")
    return phone.section(at, "ext-tpl")


def _sign_in(facts: TenantFacts, one: ExtensionFacts) -> Section:
    secrets = facts.lines[one.id]
    sign_in = Options().add("type", "auth").add("auth_type", "md5").add("username", word(secrets.username))
    sign_in.add("realm", host(facts.fqdn)).add("md5_cred", word(secrets.ha1))
    return sign_in.section(endpoint(one.number, facts.fqdn))


def _address(facts: TenantFacts, one: ExtensionFacts, voicemail: str) -> Section:
    where = Options().add("type", "aor").add("voicemail_extension", digits(voicemail) if voicemail else "")
    return where.section(endpoint(one.number, facts.fqdn), "aor-tpl")
