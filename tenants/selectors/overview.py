"""What the operators' overview shows: figures, what needs attention, what happened last."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Func, IntegerField, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.core.chips import Chip, chip_of
from portal.jobs.models import Job, JobState, Mail, MailState
from portal.permissions import Perm
from tenants.models import Platform, RequestState, SubscriptionRequest, Tenant, TenantState

LATEST = 8
WAITING = (RequestState.AWAITING_APPROVAL, RequestState.FAILED)


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure that leads to the list behind it. `alive`: somebody has to do something."""

    count: int
    label: str
    url: str
    alive: bool = False


@dataclass(frozen=True, slots=True)
class Attention:
    """One line of “Needs attention”."""

    title: str
    text: str
    url: str
    chip: Chip
    at: Any


@dataclass(frozen=True, slots=True)
class Figures:
    """The platform's row, and how many there are of what; `tenants` counts customers' tenants by state."""

    platform: Platform
    tenants: dict[str, int]
    requests: int
    jobs: int
    mails: int


def figures() -> Figures:
    """Everything that is counted, by one query."""
    counted = Tenant.objects.customers().order_by().values("state").annotate(total=Count("pk"))
    row: Any = Platform.objects.annotate(
        tenants=ArraySubquery(counted.values_list(JSONObject(state="state", total="total"))),
        open_requests=_counted(SubscriptionRequest.objects.open()),
        failed_jobs=_counted(Job.objects.filter(state=JobState.FAILED)),
        failed_mails=_counted(Mail.objects.filter(state=MailState.FAILED)),
    ).get(pk=1)
    tenants = {one["state"]: one["total"] for one in row.tenants}
    return Figures(row, tenants, row.open_requests, row.failed_jobs, row.failed_mails)


def _counted(rows: QuerySet) -> Subquery:
    """How many rows, as a subquery."""
    total = Func("pk", function="COUNT", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(counted=total).values("counted"))


def tenant_tiles(found: dict[str, int]) -> list[Tile]:
    """Customers' tenants by state; states that no tenant is in are left out, apart from “active”."""
    shown = [state for state in TenantState if found.get(state.value) or state == TenantState.ACTIVE]
    lists = reverse("tenants:list")
    return [
        Tile(
            found.get(state.value, 0),
            ngettext("tenant: %(state)s", "tenants: %(state)s", found.get(state.value, 0)) % {"state": state.label},
            f"{lists}?state={state.value}",
        )
        for state in shown
    ]


def work_tiles(user: User, found: Figures) -> list[Tile]:
    """Open requests, failed jobs and failed mail, as far as the person may see them."""
    tiles = []
    if user.may(Perm.REQUEST_READ):
        count = found.requests
        tiles.append(Tile(count, ngettext("open request", "open requests", count), reverse("tenants:requests")))
    if user.may(Perm.JOB_READ):
        count = found.jobs
        url = f"{reverse('jobs:list')}?state={JobState.FAILED.value}"
        tiles.append(Tile(count, ngettext("failed job", "failed jobs", count), url, alive=count > 0))
    if user.may(Perm.PLATFORM_READ):
        count = found.mails
        url = f"{reverse('jobs:mail')}?state={MailState.FAILED.value}"
        tiles.append(Tile(count, ngettext("mail not sent", "mails not sent", count), url, alive=count > 0))
    return tiles


def needing_attention(user: User) -> list[Attention]:
    """Requests that wait for somebody, and jobs and mail that failed; the oldest first."""
    found: list[Attention] = []
    if user.may(Perm.REQUEST_READ):
        waiting = SubscriptionRequest.objects.filter(state__in=WAITING).order_by("submitted_at", "pk")[:LATEST]
        found += [_request_line(request) for request in waiting]
    if user.may(Perm.JOB_READ):
        # A failed provisioning is shown as its request.
        jobs = Job.objects.filter(state=JobState.FAILED).exclude(kind="provision").order_by("created_at")[:LATEST]
        found += [_job_line(job) for job in jobs]
    if user.may(Perm.PLATFORM_READ):
        mails = Mail.objects.filter(state=MailState.FAILED).order_by("created_at", "pk")[:LATEST]
        found += [_mail_line(mail) for mail in mails]
    return sorted(found, key=lambda line: line.at)[:LATEST]


def latest_entries(user: User) -> list[LogEntry]:
    """The newest rows of the audit log, for whoever may read it."""
    if not user.may(Perm.AUDIT_READ):
        return []
    return list(LogEntry.objects.order_by("-pk")[:LATEST])


def _request_line(request: SubscriptionRequest) -> Attention:
    return Attention(
        title=_("Request %(reference)s: %(name)s") % {"reference": request.reference, "name": request.name},
        text=request.message,
        url=reverse("tenants:request", args=[request.reference]),
        chip=chip_of(RequestState(request.state)),
        at=request.submitted_at,
    )


def _job_line(job: Job) -> Attention:
    return Attention(
        job.title, job.message, reverse("jobs:detail", args=[job.pk]), chip_of(JobState.FAILED), job.created_at
    )


def _mail_line(mail: Mail) -> Attention:
    title = _("Mail to %(recipient)s") % {"recipient": mail.recipient}
    url = f"{reverse('jobs:mail')}?state={MailState.FAILED.value}"
    return Attention(title, mail.last_error, url, chip_of(MailState.FAILED), mail.created_at)
