"""Endpoints, sign-ins and addresses of record: what lets a tenant's telephones register (PHONE-SYSTEM 2.1, 2.2).

The templates `ext-tpl` and `aor-tpl` stand in the main file. The PBX gets HA1 and never a password.
"""

from collections import defaultdict

from extensions.models import Feature
from extensions.pbx.facts import TenantFacts
from extensions.pbx.formats.ini import Options, Section, write_ini
from extensions.pbx.formats.values import digits, host, name, word
from extensions.pbx.render.names import endpoint, mailbox
from extensions.snapshot.facts import ExtensionFacts


def render_pjsip(facts: TenantFacts) -> str:
    """pjsip.conf of one tenant."""
    teams: dict[int, list[int]] = defaultdict(list)
    for team in facts.snapshot.teams.values():
        for member in team.members:
            teams[member].append(team.id)
    codes = {feature: code for code, feature in facts.snapshot.features.items()}
    voicemail = codes.get(Feature.VOICEMAIL, "")
    sections: list[Section] = []
    for one in facts.snapshot.extensions.values():
        if one.id in facts.lines:
            sections += _line(facts, one, teams[one.id], voicemail)
    return write_ini(sections)


def _line(facts: TenantFacts, one: ExtensionFacts, teams: list[int], voicemail: str) -> list[Section]:
    slug, at = word(facts.snapshot.tenant), endpoint(one.number, facts.fqdn)
    secrets, groups = facts.lines[one.id], ",".join(f"{slug}-g{team:d}" for team in teams)
    phone = Options()
    phone.add("type", "endpoint").add("context", f"{slug}-internal").add("subscribe_context", f"{slug}-hints")
    phone.add("auth", at).add("aors", at).add("callerid", f'"{name(one.name)}" <{digits(one.number)}>')
    if one.mailbox_id:
        phone.add("mailboxes", mailbox(slug, one.mailbox_id))
    phone.add("named_call_group", groups).add("named_pickup_group", groups)
    phone.add("accountcode", slug).add("tenantid", slug).add(
        "voicemail_extension", digits(voicemail) if voicemail else ""
    )
    sign_in = Options().add("type", "auth").add("auth_type", "md5").add("username", word(secrets.username))
    sign_in.add("realm", host(facts.fqdn)).add("md5_cred", word(secrets.ha1))
    where = Options().add("type", "aor")
    if voicemail:
        where.add("voicemail_extension", digits(voicemail))
    return [phone.section(at, "ext-tpl"), sign_in.section(at), where.section(at, "aor-tpl")]
