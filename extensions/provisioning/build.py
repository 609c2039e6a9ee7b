"""What telephones are told, from the tables; a fixed number of queries, however many telephones and keys (PRV-01)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet, Subquery
from django.utils import translation

from extensions.keys.in_force import KeyInForce, in_force
from extensions.keys.visibility import hidden_among
from extensions.keys.words import JOINED
from extensions.models import Feature, FeatureCode, Key, KeyKind, KeyPanel, Phone, PhoneAccess
from extensions.pbx.address import SipAddress, sip_address
from extensions.phone_models import model_of
from extensions.provisioning.device import Access, Device, DeviceKey, KeyType, Line
from extensions.provisioning.formats.values import one_line
from portal.core.addresses import origin_of
from tenants.models import Domain

TOLD = ("extension__key_panel__extension", "access")


@dataclass(frozen=True, slots=True)
class _Tenant:
    """What all telephones of a tenant have in common."""

    host: str
    sip: SipAddress
    codes: Mapping[str, str]  # of features that are in use
    offset: int
    summer_time: bool


def phones_to_tell() -> QuerySet[Phone]:
    """All telephones, with everything that `build_devices` asks of each: one query."""
    return Phone.objects.select_related(*TOLD).annotate(host=fqdn())


def fqdn() -> Subquery:
    """The tenant's own domain, to be read along with something else."""
    return Subquery(Domain.objects.filter(tenant=connection.tenant.pk, is_primary=True).values("domain")[:1])


def build_devices(phones: Collection[Phone], *, host: str) -> dict[int, Device]:
    """What each of `phones` is told, by its id: three queries. They come with what TOLD names; `host` is the tenant's
    FQDN. Without an address, or without an extension in service, a telephone is told nothing and missing here.
    """
    able = [phone for phone in phones if may_be_told(phone)]
    if not able:
        return {}
    with translation.override(settings.LANGUAGE_CODE):  # whoever looks must see what the telephone gets
        held = _keys_of(able)
        common = _common(host)
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
    for key in Key.objects.filter(panel__in=wanted).select_related(*JOINED).order_by("position", "pk"):
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


def _device(phone: Phone, held: list[KeyInForce], common: _Tenant) -> Device:
    access, extension, model = phone.access, phone.extension, model_of(phone.model)
    assert extension is not None  # noqa: S101 - `may_be_told` looked
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
        keys=_keys(held, line, model.keys(phone.modules), common.codes),
        sip=common.sip,
        access=Access(f"{origin_of(common.host)}/p/{access.secret}/", access.user, access.password or ""),
        admin_password=access.admin_password or "",
        voicemail=common.codes.get(Feature.VOICEMAIL, ""),
        pickup=common.codes.get(Feature.DIRECTED_PICKUP, ""),
        utc_offset=common.offset,
        summer_time=common.summer_time,
    )


def _keys(held: list[KeyInForce], line: Line, limit: int, codes: Mapping[str, str]) -> tuple[DeviceKey, ...]:
    """One for each position that the telephone has. Somebody must be able to call: a line stands on the first free
    position where nobody put one.
    """
    keys = {one.position: _key(one, codes) for one in held if one.position < limit}
    if not any(key.kind is KeyType.LINE for key in keys.values()):
        free = next((position for position in range(limit) if position not in keys), None)
        if free is not None:
            keys[free] = DeviceKey(free, KeyType.LINE, line.label)
    return tuple(keys.get(position, DeviceKey(position)) for position in range(limit))


def _key(one: KeyInForce, codes: Mapping[str, str]) -> DeviceKey:
    kind, value = _means(one, codes)
    return DeviceKey(one.position, kind, one_line(one.label), value) if kind else DeviceKey(one.position)


def _means(one: KeyInForce, codes: Mapping[str, str]) -> tuple[KeyType | None, str]:
    """What a key of the panel is on a telephone, and what it dials or watches; None where that is out of use."""
    key = one.key
    if one.kind is KeyKind.LINE:
        return KeyType.LINE, ""
    if key.extension is not None:  # who does not want to be watched can still be called (BLF-06)
        return (KeyType.BLF if one.visible else KeyType.SPEED), key.extension.number
    if key.slot is not None:
        return KeyType.PARK, key.slot.number
    if key.speed_dial is not None or one.kind is KeyKind.CUSTOM_DIAL:
        return KeyType.SPEED, key.speed_dial.number if key.speed_dial else key.number
    return _switched(one, codes)


def _switched(one: KeyInForce, codes: Mapping[str, str]) -> tuple[KeyType | None, str]:
    """Keys that dial a feature code. Only the company's hours have a lamp: a state of one's own cannot be watched
    under a number that everybody shares.
    """
    key = one.key
    if key.feature is not None:
        lamp = key.feature.feature == Feature.NIGHT_MODE
        return (None if not key.feature.enabled else KeyType.BLF if lamp else KeyType.SPEED), key.feature.code
    if one.kind is KeyKind.VOICEMAIL:
        code = codes.get(Feature.VOICEMAIL, "")
        return (KeyType.VOICEMAIL if code else None), code
    if key.team is not None:
        return _followed(codes.get(Feature.TEAM_LOGIN, ""), key.team.number)
    return _followed(codes.get(Feature.STATUS, ""), str(key.status.position + 1) if key.status else "")


def _followed(code: str, after: str) -> tuple[KeyType | None, str]:
    """A code that says nothing without what follows it."""
    return (KeyType.SPEED if code and after else None), f"{code}{after}"
