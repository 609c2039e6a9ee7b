"""The live state as pages read it: where the tenant is came with the tenant, one round trip to Redis, typed and frozen.

Where nobody tells (the PBX is away, or whoever follows it), nothing is shown as if it were the case: the state is
empty, and `link` says what is the matter and since when.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from redis.exceptions import RedisError

from extensions.pbx.events import BoxCount, Contact, Leg, Line, LineState, Member, Parked, Registered, TenantEvent
from extensions.pbx.live.calls import Call, calls_of
from extensions.pbx.live.impatient import impatient_redis
from extensions.pbx.live.keys import AT, PBX, STALE, link_key, live_key
from extensions.pbx.live.link import Link, LinkState, read_link
from extensions.pbx.live.wire import fields_of_number, read_field
from portal.core.chips import Chip, chip_of, set_tones
from portal.core.db.prepared import PreparedQuery
from tenants.models import AppliedState, AppliedVersion, PbxKind, Tenant


class LiveStatus(TextChoices):
    """How far the live state can be believed."""

    NONE = "none", _("No PBX")
    CONNECTED = "connected", _("Live")
    SIMULATED = "simulated", _("Simulated")
    STARTING = "starting", _("Connecting")
    AWAY = "away", _("PBX away")
    STALE = "stale", _("No news")
    OFF = "off", _("Switched off")


set_tones(
    {
        LiveStatus.NONE: "draft",
        LiveStatus.CONNECTED: "good",
        LiveStatus.SIMULATED: "trial",
        LiveStatus.STARTING: "progress",
        LiveStatus.AWAY: "failed",
        LiveStatus.STALE: "warning",
        LiveStatus.OFF: "suspended",
    }
)
_TELLING = (LiveStatus.CONNECTED, LiveStatus.SIMULATED)


@dataclass(frozen=True, slots=True)
class LinkNow:
    """`since` is when `status` began, None where nobody knows. `waiting_since`: a change waits for the PBX."""

    status: LiveStatus
    since: datetime | None = None
    waiting_since: datetime | None = None

    @property
    def tells(self) -> bool:
        """Whether what is shown is the case."""
        return self.status in _TELLING

    @property
    def chip(self) -> Chip:
        """How the status looks."""
        return chip_of(self.status)

    @property
    def is_simulated(self) -> bool:
        return self.status is LiveStatus.SIMULATED


@dataclass(frozen=True, slots=True)
class Live:
    """What telephones and calls of one tenant do now. All empty where `link` does not tell."""

    link: LinkNow
    at: datetime
    lines: Mapping[str, LineState] = field(default_factory=dict)  # by number
    phones: Mapping[str, tuple[Contact, ...]] = field(default_factory=dict)  # registered ones, by number
    calls: tuple[Call, ...] = ()
    parked: Mapping[str, Parked] = field(default_factory=dict)  # by slot
    boxes: Mapping[int, BoxCount] = field(default_factory=dict)
    members: Mapping[tuple[int, int], Member] = field(default_factory=dict)  # by team and extension

    @property
    def server_now(self) -> datetime:
        """The server's clock, for durations that tick elsewhere."""
        return timezone.now()

    @property
    def channels(self) -> int:
        """Channels in use: legs to the outside (CUS-03)."""
        return sum(call.channels for call in self.calls)

    def leg(self, leg_id: str) -> Leg | None:
        """A leg of one of the calls."""
        return next((leg for call in self.calls for leg in call.legs if leg.id == leg_id), None)


def live_now(tenant: Tenant | None = None) -> Live:
    """The live state of a tenant (the active one unless told). One round trip, one query at most; never raises."""
    return _ask(tenant or connection.tenant, None)


def lines_now(numbers: Collection[str], more: Collection[str] = ()) -> Live:
    """As `live_now` in the active tenant, but only what the telephones of these extensions do, and what stands in the
    fields `more`; not their calls: a page of a list need not read thousands of others."""
    return _ask(connection.tenant, [AT, PBX, *(name for number in numbers for name in fields_of_number(number)), *more])


def _ask(tenant: Tenant, fields: list[str] | None) -> Live:
    """`fields` of the tenant's hash, None for all that there are."""
    now = timezone.now()
    row = _place_of(tenant)
    if row is None:
        return Live(LinkNow(LiveStatus.NONE), now)
    waiting = row.since if row.state == AppliedState.WAITING else None
    key = live_key(tenant.schema_name)
    try:
        with impatient_redis().pipeline(transaction=False) as pipe:
            pipe.hgetall(key) if fields is None else pipe.hmget(key, fields)
            pipe.hgetall(link_key(row.pbx_id))
            told, link_fields = pipe.execute()
    except RedisError:
        return Live(LinkNow(LiveStatus.STALE, waiting_since=waiting), now)
    if fields is not None:
        told = {name: value for name, value in zip(fields, told, strict=True) if value is not None}
    link = _link_now(read_link(row.pbx_id, link_fields), waiting, now)
    if told.get(PBX, "") != str(row.pbx_id):
        told = {}
    if link.tells and AT not in told:
        link = LinkNow(LiveStatus.STARTING, link.since, waiting)
    return _read(tenant.schema_name, told, link, now) if link.tells else Live(link, now)


def _place_of(tenant: Tenant) -> AppliedVersion | None:
    """Where a tenant is: as this request found it together with the tenant, else asked now, and not kept."""
    asked = vars(tenant)
    return asked["place"] if "place" in asked else next(iter(_PLACE(tenant=tenant.pk)), None)


_PLACE = PreparedQuery(lambda tenant: AppliedVersion.objects.filter(tenant=tenant), tenant=int)


def links_now(pbx_ids: list[int]) -> dict[int, Link]:
    """What is known about the connections to these PBXs; those of which nothing is known are missing."""
    try:
        with impatient_redis().pipeline(transaction=False) as pipe:
            for pbx_id in pbx_ids:
                pipe.hgetall(link_key(pbx_id))
            answers = pipe.execute()
    except RedisError:
        return {}
    links = (read_link(pbx_id, fields) for pbx_id, fields in zip(pbx_ids, answers, strict=True))
    return {link.pbx_id: link for link in links if link is not None}


def live_of_many(tenants: Mapping[str, int]) -> dict[str, Live]:
    """The live state of many tenants, {slug: PBX id}, in one round trip; for operators. Missing: nothing is told."""
    now = timezone.now()
    links = links_now(sorted(set(tenants.values())))
    try:
        with impatient_redis().pipeline(transaction=False) as pipe:
            for slug in tenants:
                pipe.hgetall(live_key(slug))
            answers = pipe.execute()
    except RedisError:
        return {}
    found = {}
    for (slug, pbx_id), told in zip(tenants.items(), answers, strict=True):
        link = _link_now(links.get(pbx_id), None, now)
        if link.tells and told.get(PBX, "") == str(pbx_id):
            found[slug] = _read(slug, told, link, now)
    return found


def status_of(link: Link | None, now: datetime) -> LinkNow:
    """How far a connection can be believed now."""
    return _link_now(link, None, now)


def _link_now(link: Link | None, waiting: datetime | None, now: datetime) -> LinkNow:
    if link is None:
        return LinkNow(LiveStatus.STALE, None, waiting)
    if link.state is LinkState.OFF:
        return LinkNow(LiveStatus.OFF, link.since, waiting)
    if now - link.heartbeat > timedelta(seconds=STALE):
        return LinkNow(LiveStatus.STALE, link.heartbeat, waiting)
    if link.state is LinkState.AWAY:
        return LinkNow(LiveStatus.AWAY, link.since, waiting)
    if link.state is LinkState.CONNECTING:
        return LinkNow(LiveStatus.STARTING, link.since, waiting)
    status = LiveStatus.SIMULATED if link.kind == PbxKind.SIMULATOR else LiveStatus.CONNECTED
    return LinkNow(status, link.since, waiting)


def _read(tenant: str, told: Mapping[str, str], link: LinkNow, now: datetime) -> Live:
    found: dict[type[TenantEvent], list] = {kind: [] for kind in (Line, Registered, Leg, Parked, BoxCount, Member)}
    for name, value in told.items():
        event = read_field(tenant, name, value)
        if event is not None:
            found[type(event)].append(event)
    return Live(
        link=link,
        at=_moment(told.get(AT)) or now,
        lines={line.number: line.state for line in found[Line]},
        phones={one.number: one.phones for one in found[Registered]},
        calls=calls_of(found[Leg]),
        parked={one.slot: one for one in sorted(found[Parked], key=lambda one: one.slot)},
        boxes={one.box: one for one in found[BoxCount]},
        members={(one.team, one.extension): one for one in found[Member]},
    )


def _moment(seconds: str | None) -> datetime | None:
    return datetime.fromtimestamp(float(seconds), UTC) if seconds else None
