"""What operators see of PBXs and of the tenants on them (MON-02): connections, versions, channels, registrations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from extensions.pbx.live.reader import LinkNow, Live, links_now, live_of_many, status_of
from portal.core.chips import Chip, chip_of
from portal.jobs.models import Job, JobState
from tenants import pbx_states as _states  # noqa: F401 - how the states look
from tenants.models import AppliedState, AppliedVersion, Pbx, Stray

LATEST_STRAYS = 5


@dataclass(frozen=True, slots=True)
class PbxRow:
    """One PBX with how it is connected and how many tenants are on it, waiting for it and failing."""

    pbx: Any
    link: LinkNow
    calls: int
    channels: int


@dataclass(frozen=True, slots=True)
class TenantRow:
    """One tenant on a PBX. `live` is None where nobody tells; `failed_jobs` counts jobs of the tenant that failed."""

    version: AppliedVersion
    live: Live | None
    failed_jobs: int

    @property
    def chip(self) -> Chip:
        return chip_of(AppliedState(self.version.state))

    @property
    def channels(self) -> int:
        return self.live.channels if self.live else 0

    @property
    def registrations(self) -> int:
        return sum(map(len, self.live.phones.values())) if self.live else 0

    @property
    def full(self) -> bool:
        """Whether all channels that the tenant may use are in use."""
        most = self.version.tenant.max_channels
        return bool(most) and self.channels >= most


@dataclass(frozen=True, slots=True)
class Monitor:
    """All tenants with live figures, the sums, and the PBXs."""

    rows: Sequence[TenantRow]
    pbxs: Sequence[PbxRow]
    channels: int
    registrations: int
    failed_jobs: int


def pbx_rows() -> list[PbxRow]:
    """Every PBX in order; two queries and two round trips to the live state."""
    pbxs = list(_counted(Pbx.objects.all()).order_by("-is_default", "name"))
    places = dict(AppliedVersion.objects.values_list("tenant__schema_name", "pbx_id"))
    return _rows(pbxs, live_of_many(places), places)


def pbx_with(pbx: Pbx) -> tuple[PbxRow, list[TenantRow]]:
    """One PBX and the tenants on it."""
    versions = list(versions_on().filter(pbx=pbx))
    places = {one.tenant.schema_name: pbx.pk for one in versions}
    live = live_of_many(places)
    (row,) = _rows(list(_counted(Pbx.objects.filter(pk=pbx.pk))), live, places)
    return row, [_tenant_row(one, live) for one in versions]


def monitor() -> Monitor:
    """Channels per tenant against limits, registrations, failed jobs and connector states; two queries."""
    versions = list(versions_on())
    places = {one.tenant.schema_name: one.pbx_id for one in versions}
    live = live_of_many(places)
    rows = [_tenant_row(one, live) for one in versions]
    pbxs = _rows(list(_counted(Pbx.objects.all()).order_by("-is_default", "name")), live, places)
    return Monitor(
        rows=rows,
        pbxs=pbxs,
        channels=sum(one.channels for one in rows),
        registrations=sum(one.registrations for one in rows),
        failed_jobs=sum(one.failed_jobs for one in rows),
    )


def versions_on() -> QuerySet[AppliedVersion]:
    """What of each tenant is in force, with the tenant, its PBX and how many of its jobs failed."""
    failed = Job.objects.filter(schema=OuterRef("tenant__schema_name"), state=JobState.FAILED).order_by()
    counted = failed.values("schema").annotate(total=Count("pk")).values("total")
    rows = AppliedVersion.objects.select_related("tenant", "pbx").annotate(failed_jobs=Coalesce(Subquery(counted), 0))
    return rows.order_by("tenant__instance_number", "pk")


def latest_strays(pbx: Pbx) -> list[Stray]:
    """The events of nobody that came last."""
    return list(Stray.objects.filter(pbx=pbx).order_by("-last_at", "-pk")[:LATEST_STRAYS])


def behind(version: AppliedVersion) -> bool:
    """Whether another configuration is in force than the one that is wanted."""
    return version.applied != version.wanted


def _counted(rows: QuerySet[Pbx]) -> QuerySet[Any]:
    states = {
        "waiting": Q(applied_versions__state__in=[AppliedState.WAITING, AppliedState.APPLYING]),
        "failing": Q(applied_versions__state=AppliedState.FAILED),
        "drifting": Q(applied_versions__drift_since__isnull=False),
    }
    counts = {name: Count("applied_versions", filter=wanted) for name, wanted in states.items()}
    return rows.annotate(tenants=Count("applied_versions"), **counts, own=F("of_installation"))


def _rows(pbxs: list[Any], live: dict[str, Live], places: dict[str, int]) -> list[PbxRow]:
    now: datetime = timezone.now()
    links = links_now([one.pk for one in pbxs])
    found = []
    for one in pbxs:
        here = [live[slug] for slug, pbx_id in places.items() if pbx_id == one.pk and slug in live]
        calls, channels = sum(len(each.calls) for each in here), sum(each.channels for each in here)
        found.append(PbxRow(one, status_of(links.get(one.pk), now), calls, channels))
    return found


def _tenant_row(version: Any, live: dict[str, Live]) -> TenantRow:
    return TenantRow(version, live.get(version.tenant.schema_name), version.failed_jobs)
