"""What telephones are told, from the tables; a fixed number of queries, however many telephones and keys (PRV-01)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import translation

from extensions.keys.in_force import KeyInForce, in_force
from extensions.keys.visibility import hidden_among
from extensions.keys.words import JOINED
from extensions.models import AgentStatus, Feature, FeatureCode, Key, KeyPanel, Phone, PhoneAccess, TeamMember
from extensions.pbx.address import SipAddress, sip_address
from extensions.phone_models import model_of
from extensions.provisioning.device import Access, Device, DeviceKey, KeyType, Line
from extensions.provisioning.formats.values import one_line
from extensions.provisioning.meanings import Meanings
from portal.core.addresses import origin_of
from tenants.models import Domain


@dataclass(frozen=True, slots=True)
class _Tenant:
    """What all telephones of a tenant have in common."""

    host: str
    sip: SipAddress
    codes: Mapping[str, str]  # of features that are in use
    offset: int
    summer_time: bool


def phones_to_tell() -> QuerySet[Phone]:
    """All telephones, with everything that `build_devices` asks of each: the tenant's FQDN (`host`), the ids of the
    `teams` of the extension, its panel and the telephone's access. One query.
    """
    fqdn = Domain.objects.filter(tenant=connection.tenant.pk, is_primary=True).values("domain")[:1]
    teams = TeamMember.objects.filter(extension=OuterRef("extension")).order_by().values("team")
    joined = Phone.objects.select_related("extension__key_panel__extension", "access")
    return joined.annotate(host=Subquery(fqdn), teams=ArraySubquery(teams))


def build_devices(phones: Collection[Any]) -> dict[int, Device]:
    """What each of `phones`, which come from `phones_to_tell`, is told, by its id: four queries. Without an address,
    or without an extension in service, a telephone is told nothing and missing here.
    """
    able = [phone for phone in phones if may_be_told(phone)]
    if not able:
        return {}
    with translation.override(settings.LANGUAGE_CODE):  # whoever looks must see what the telephone gets
        held = _keys_of(able)
        common = _common(able[0].host)
        return {phone.pk: _device(phone, held.get(phone.extension_id or 0, []), common) for phone in able}


def may_be_told(phone: Phone) -> bool:
    """Whether there is anything to tell: an extension in service, and an address to fetch from."""
    return phone.extension is not None and not phone.extension.is_suspended and access_of(phone) is not None


def access_of(phone: Phone) -> PhoneAccess | None:
    """The telephone's access, or None; no query where it was joined."""
    try:
        return phone.access
    except PhoneAccess.DoesNotExist:
        return None


def _panel_of(phone: Phone) -> KeyPanel | None:
    try:
        return phone.extension.key_panel if phone.extension else None
    except KeyPanel.DoesNotExist:
        return None


def _keys_of(phones: Iterable[Phone]) -> dict[int, list[KeyInForce]]:
    """The keys in force by extension; two queries."""
    panels = {panel.pk: panel for panel in map(_panel_of, phones) if panel}
    wanted = set(panels) | {panel.template_id for panel in panels.values() if panel.linked}
    by_panel: dict[int | None, list[Key]] = defaultdict(list)
    watched = {}
    for key in _with_places(Key.objects.filter(panel__in=wanted)).select_related(*JOINED).order_by("position", "pk"):
        by_panel[key.panel_id].append(key)
        if key.extension is not None:
            watched[key.extension.pk] = key.extension
    hidden = hidden_among(list(watched.values()))
    return {
        panel.extension_id or 0: in_force(
            panel, [*by_panel[panel.pk], *(by_panel[panel.template_id] if panel.linked else [])], hidden=hidden
        )
        for panel in panels.values()
    }


def _with_places(keys: QuerySet[Key]) -> QuerySet[Key]:
    """`keys` with the `place` of their status among those in use, counted from 1: it is dialled after the code."""
    before = Q(position__lt=OuterRef("status__position"))
    before |= Q(position=OuterRef("status__position"), pk__lte=OuterRef("status"))
    used = AgentStatus.objects.filter(before, enabled=True).order_by().values("enabled")
    return keys.annotate(place=Subquery(used.annotate(total=Count("pk")).values("total")))


def _common(host: str) -> _Tenant:
    codes = dict(FeatureCode.objects.filter(enabled=True).values_list("feature", "code"))
    offset, summer_time = winter_offset(ZoneInfo(str(connection.tenant.time_zone)))
    return _Tenant(host, sip_address(), codes, offset, summer_time)


def winter_offset(zone: ZoneInfo) -> tuple[int, bool]:
    """Minutes that a zone is ahead of UTC outside summer time, and whether it has any."""
    offsets = {_minutes(zone, month) for month in (1, 7)}
    return min(offsets), len(offsets) > 1


def _minutes(zone: ZoneInfo, month: int) -> int:
    # Of the year in which the telephone asks, without making two answers of one day differ.
    ahead = datetime(datetime.now(UTC).year, month, 1, 12, tzinfo=zone).utcoffset()
    return int(ahead.total_seconds() // 60) if ahead else 0


def _device(phone: Any, held: list[KeyInForce], common: _Tenant) -> Device:
    access, extension, model = phone.access, phone.extension, model_of(phone.model)
    name = one_line(extension.directory_name)
    line = Line(
        number=extension.number,
        auth_id=extension.sip_username,
        password=extension.sip_password or "",
        label=one_line(f"{extension.number} {name}"),
        display_name=name,
        server=common.host,
    )
    return Device(
        mac=phone.mac,
        model=model,
        modules=phone.modules,
        lines=(line,),
        keys=_keys(held, line, model.keys(phone.modules), Meanings(common.codes, line.number, frozenset(phone.teams))),
        sip=common.sip,
        access=Access(f"{origin_of(common.host)}/p/{access.secret}/", access.user, access.password or ""),
        admin_password=access.admin_password or "",
        voicemail=common.codes.get(Feature.VOICEMAIL, ""),
        pickup=common.codes.get(Feature.DIRECTED_PICKUP, ""),
        utc_offset=common.offset,
        summer_time=common.summer_time,
    )


def _keys(held: list[KeyInForce], line: Line, limit: int, meanings: Meanings) -> tuple[DeviceKey, ...]:
    """One for each position that the telephone has. Somebody must be able to call: a line stands on the first free
    position where nobody put one.
    """
    keys = {one.position: meanings.key(one) for one in held if one.position < limit}
    if not any(key.kind is KeyType.LINE for key in keys.values()):
        free = next((position for position in range(limit) if position not in keys), None)
        if free is not None:
            keys[free] = DeviceKey(free, KeyType.LINE, line.label)
    return tuple(keys.get(position, DeviceKey(position)) for position in range(limit))
