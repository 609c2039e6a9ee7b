"""Telephones, keys and speed dials of a demonstration company. The MAC addresses are made up in the makers' ranges."""

from datetime import datetime, timedelta

from django.db import connection

from extensions.models import Extension, KeyKind, KeyPanel, Team
from extensions.services.keys.edit import KeySaid, set_key
from extensions.services.keys.fill import fill_keys
from extensions.services.keys.panels import panel_for
from extensions.services.keys.spread import apply_template
from extensions.services.keys.templates import create_key_template
from extensions.services.phones.edit import add_phone
from extensions.services.speed_dials.edit import create_speed_dial
from portal.accounts.models import User
from portal.core.errors import DomainError
from portal.sites.demo.telephony.fetching import let_fetch, let_wait
from portal.sites.demo.telephony.habits import EMERGENCY, habits

NOWHERE = "+65655200"  # where a company has no number of its own


def furnish(*, by: User, at: datetime) -> None:
    """Give the desks of the active tenant telephones, a template for two of them, keys of their own for the others."""
    desks = list(Extension.objects.order_by("number", "pk"))
    if not desks:
        return
    _telephones(desks, by=by, at=at)
    _speed_dials(desks[0], by=by)
    template = _front_desk(desks, by=by)
    apply_template(template=template, extensions=desks[:2], linked=True, by=by)
    if len(desks) > 2:
        apply_template(template=template, extensions=desks[2:3], linked=False, by=by)
    for desk in desks[2:3]:  # before its keys change: it must fetch again
        let_fetch(desk, by=by, at=at, ago=timedelta(hours=20))
    for desk in desks[2:5]:
        _fill(desk, by=by)
    for desk in desks[:2]:
        let_fetch(desk, by=by, at=at, ago=timedelta(hours=2))
    for desk in desks[3:4]:
        let_wait(desk, by=by, at=at)


def _telephones(desks: list[Extension], *, by: User, at: datetime) -> None:
    number = int("".join(sign for sign in connection.schema_name if sign.isdigit()) or 0)
    for place, (desk, (beginning, model, modules, where)) in enumerate(zip(desks, habits().telephones, strict=False)):
        add_phone(
            mac=f"{beginning}{number:04x}{place:02x}", model=model, extension=desk.number, modules=modules,
            place=where, by=by, at=at,
        )  # fmt: skip
    spare = f"805ec0{number:04x}ff"
    add_phone(mac=spare, model="yealink-t43u", extension="", modules=0, place="In the cupboard", by=by, at=at)


def _speed_dials(desk: Extension, *, by: User) -> None:
    start = connection.tenant.ani[:-4] or NOWHERE
    for code, label, end in habits().shared:
        number = end if end in EMERGENCY else start + end
        create_speed_dial(extension=None, code=code, label=label, number=number, by=by)
    for code, label, end in habits().personal:
        create_speed_dial(extension=desk, code=code, label=label, number=start + end, by=by)


def _front_desk(desks: list[Extension], *, by: User) -> KeyPanel:
    template = create_key_template(name=habits().template, model="yealink-t54w", modules=1, by=by)
    watched = [desks[place] for place in habits().watched if place < len(desks)]
    said = [KeySaid(KeyKind.LINE, label="Line 1", locked=True), KeySaid(KeyKind.LINE, label="Line 2", locked=True)]
    said += [KeySaid(KeyKind.PRESENCE, one.number) for one in watched]
    said += [
        KeySaid(KeyKind.SPEED_DIAL, habits().shared[0][0]),
        KeySaid(KeyKind.STATUS, "Away"),
        KeySaid(KeyKind.VOICEMAIL),
    ]
    for position, one in enumerate(said):
        set_key(panel=template, position=position, said=one, by=by)
    return template


def _fill(desk: Extension, *, by: User) -> None:
    team = Team.objects.order_by("name", "pk").first()
    for position, said in ((8, KeySaid(KeyKind.VOICEMAIL)), (7, KeySaid(KeyKind.FEATURE, "*78", label="DND"))):
        set_key(panel=panel_for(desk), position=position, said=said, by=by)
    try:
        fill_keys(panel=panel_for(desk), team=team, by=by)
    except DomainError:
        return  # everybody has a key there already
