"""How far a request is: its moves, and between them the steps of the job that makes the tenant."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.chips import Chip, chip_of
from portal.jobs.models import Job, Step, StepState
from tenants.models import RequestMove, RequestState, SubscriptionRequest
from tenants.selectors.requests import place_in_line
from tenants.selectors.tenants import duration_text
from tenants.states import AT_REST

R = RequestState
_DONE = Chip("", "good", "circle-check")
_WHILE_WORKING, _WHILE_WAITING = 1, 5  # seconds: the work itself takes one or two, an approval takes hours


@dataclass(frozen=True, slots=True)
class Progress:
    """What the pages about one request show of its way. `live`: ask again after `every` seconds."""

    state: Chip
    next: str
    live: bool
    every: int
    steps: list[dict[str, Any]] = field(default_factory=list)
    cause: str = ""
    removing: bool = False


def progress_of(request: SubscriptionRequest, *, public: bool = False, technical: bool = False) -> Progress:
    """The request's way so far. `public` leaves out every name and reason; `technical` adds what went wrong."""
    job = Job.objects.filter(pk=request.job_id).prefetch_related("steps").first() if request.job_id else None
    removing = bool(job and job.undoing and request.state == R.FAILED)
    return Progress(
        state=chip_of(R(request.state)),
        next=_removing_sentence() if removing else next_sentence(request, public=public),
        live=removing or request.state not in AT_REST,
        every=_WHILE_WORKING if removing or request.state == R.PROVISIONING else _WHILE_WAITING,
        steps=_lines(request, job, public=public, technical=technical),
        cause=job.cause if technical and job and request.state == R.FAILED else "",
        removing=removing,
    )


def next_sentence(request: SubscriptionRequest, *, public: bool = False) -> str:
    """What happens to the request next, in one sentence; a waiting one says when it will start."""
    if request.state == R.SCHEDULED and request.scheduled_for:
        return _scheduled_sentence(request)
    if request.state == R.COMPLETED and not public:
        return _("The tenant is ready at %(address)s. The mail to its contact says how to get in.") % {
            "address": request.fqdn
        }
    return {
        R.SUBMITTED: _("The request has arrived."),
        R.AWAITING_APPROVAL: _("The provider looks at the request. Creation starts after approval."),
        R.APPROVED: _("The request is approved and waits to be started."),
        R.SCHEDULED: _("Creation starts in off-peak hours."),
        R.PROVISIONING: _("The tenant is being created now."),
        R.COMPLETED: _("The tenant is ready. The mail to its contact says how to get in."),
        R.FAILED: _("The tenant could not be created. The provider looks into it; nothing is lost."),
        R.REJECTED: _("The provider turned the request down. The mail to its contact says why."),
        R.CANCELLED: _("The request was taken back. Nothing was created."),
    }[R(request.state)]


def _removing_sentence() -> str:
    return _("What the failed attempt made is being removed.")


def _scheduled_sentence(request: SubscriptionRequest) -> str:
    starts = {"when": _moment(request.scheduled_for)}
    before = place_in_line(request)
    if not before:
        return _("Creation starts in off-peak hours, from %(when)s.") % starts
    sentence = ngettext(
        "Creation starts in off-peak hours, from %(when)s; %(count)d request is before this one.",
        "Creation starts in off-peak hours, from %(when)s; %(count)d requests are before this one.",
        before,
    )
    return sentence % {**starts, "count": before}


def _moment(at: datetime | None) -> str:
    local = localtime(at)
    return f"{date_format(local, 'SHORT_DATETIME_FORMAT')} ({local.tzname()})"


def _lines(request: SubscriptionRequest, job: Job | None, *, public: bool, technical: bool) -> list[dict[str, Any]]:
    moves = list(request.moves.order_by("pk"))
    last_start = max((place for place, move in enumerate(moves) if move.after == R.PROVISIONING), default=-1)
    lines = []
    for place, move in enumerate(moves):
        lines.append(_move_line(move, last=place == len(moves) - 1, public=public))
        if place == last_start and job is not None:
            steps = sorted(job.steps.all(), key=lambda step: step.ordinal)
            ahead = request.state in (R.PROVISIONING, R.FAILED)  # later, what was not done will not be
            shown = [step for step in steps if ahead or step.state != StepState.PENDING]
            lines += [_step_line(step, public=public, technical=technical) for step in shown]
    return lines


def _move_line(move: RequestMove, *, last: bool, public: bool) -> dict[str, Any]:
    state = R(move.after)
    telling = state == R.FAILED or (last and state != R.PROVISIONING)
    look = chip_of(state) if telling else _DONE
    who = f"{move.by_name}: {move.reason}" if move.reason else move.by_name
    return {
        "title": _("Creation started") if state == R.PROVISIONING else state.label,
        "state": Chip("", look.tone, look.icon),
        "at": move.at,
        "duration": date_format(localtime(move.at), "SHORT_DATE_FORMAT"),
        "detail": "" if public else who,
    }


def _step_line(step: Step, *, public: bool, technical: bool) -> dict[str, Any]:
    lasted = step.finished_at - step.started_at if step.finished_at and step.started_at else None
    return {
        "title": step.title,
        "state": chip_of(StepState(step.state)),
        "at": step.started_at,
        "duration": duration_text(lasted),
        "detail": "" if public else (_last_line(step.cause) if technical else "") or step.detail,
    }


def _last_line(cause: str) -> str:
    """What a trace ends with; the whole of it stands in the job."""
    return cause.strip().rpartition("\n")[2]
