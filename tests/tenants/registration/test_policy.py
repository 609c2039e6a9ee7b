"""Who approves, when it starts: the template decides before the platform; every move leaves its trace."""

from datetime import datetime, time, timedelta

import pytest

from portal.accounts.models import User
from portal.core.states import IllegalMove
from portal.jobs.models import Job, Mail
from tenants.models import NameClaim, Platform, RequestState, ServiceTemplate, SubscriptionRequest
from tenants.models.template import ApprovalPolicy, StartPolicy
from tenants.services.requests.decisions import ReasonMissing, approve, cancel, reject
from tenants.services.requests.running import NotFailed, StillBusy, recover, retry, start_due, start_now
from tenants.states import REQUEST_MOVES
from tests.tenants.registration.conftest import RequestMaker

R = RequestState


def set_policy(**platform: object) -> None:
    Platform.objects.update(**platform)


def trace(request: SubscriptionRequest) -> list[tuple[str, str, str, str]]:
    return [(move.before, move.after, move.by_name, move.reason) for move in request.moves.order_by("pk")]


@pytest.mark.feature("REG-19")
@pytest.mark.feature("REG-20")
@pytest.mark.parametrize(
    ("platform", "template", "state"),
    [
        ({}, {}, R.PROVISIONING),
        ({"approval_required": True}, {}, R.AWAITING_APPROVAL),
        ({"off_peak_only": True}, {}, R.SCHEDULED),
        ({"approval_required": True, "off_peak_only": True}, {}, R.AWAITING_APPROVAL),
        ({"approval_required": True}, {"approval": ApprovalPolicy.AUTOMATIC}, R.PROVISIONING),
        ({}, {"approval": ApprovalPolicy.REQUIRED}, R.AWAITING_APPROVAL),
        ({"off_peak_only": True}, {"start": StartPolicy.IMMEDIATE}, R.PROVISIONING),
        ({}, {"start": StartPolicy.OFF_PEAK}, R.SCHEDULED),
    ],
)
def test_the_policy_sends_a_request_on(
    platform: dict, template: dict, state: RequestState, request_by: RequestMaker, prospect: User
) -> None:
    set_policy(**platform) if platform else None
    ServiceTemplate.objects.update(**template) if template else None

    request = request_by(prospect)

    assert request.state == state
    assert Job.objects.filter(pk=request.job_id).exists() == (state == R.PROVISIONING)


@pytest.mark.feature("REG-17")
def test_every_move_keeps_time_actor_and_reason(
    request_by: RequestMaker, prospect: User, olivia: User, at: datetime
) -> None:
    set_policy(approval_required=True, off_peak_only=True)
    request = request_by(prospect)

    approve(request=request, by=olivia, at=at + timedelta(hours=1), reason="Known customer")
    start_now(request=request, by=olivia, at=at + timedelta(hours=2))

    assert trace(request) == [
        ("", "submitted", "Prospect", ""),
        ("submitted", "awaiting", "Policy", ""),
        ("awaiting", "approved", "Olivia", "Known customer"),
        ("approved", "scheduled", "Olivia", ""),
        ("scheduled", "provisioning", "Olivia", "Started by hand"),
    ]
    assert request.moves.latest("pk").at == at + timedelta(hours=2)


@pytest.mark.feature("REG-17")
@pytest.mark.parametrize("state", list(R))
def test_only_the_moves_of_the_table_are_possible(
    state: RequestState, request_by: RequestMaker, prospect: User, olivia: User, at: datetime
) -> None:
    request = request_by(prospect)
    SubscriptionRequest.objects.filter(pk=request.pk).update(state=state)
    request.refresh_from_db()

    for target in R:
        if target in REQUEST_MOVES.moves[state]:
            continue
        with pytest.raises(IllegalMove):
            REQUEST_MOVES.move(request, target)


@pytest.mark.feature("REG-17")
@pytest.mark.parametrize(
    ("verb", "state"),
    [
        (approve, R.PROVISIONING),
        (approve, R.COMPLETED),
        (start_now, R.AWAITING_APPROVAL),
        (start_now, R.COMPLETED),
        (cancel, R.PROVISIONING),
        (cancel, R.COMPLETED),
        (cancel, R.FAILED),
    ],
)
def test_verbs_are_refused_in_the_wrong_state(
    verb: object, state: RequestState, request_by: RequestMaker, prospect: User, olivia: User, at: datetime
) -> None:
    request = request_by(prospect)
    SubscriptionRequest.objects.filter(pk=request.pk).update(state=state)
    moves = request.moves.count()

    with pytest.raises(IllegalMove):
        verb(request=request, by=olivia, at=at)

    assert request.moves.count() == moves


@pytest.mark.feature("REG-20")
def test_a_rejection_needs_a_reason_frees_the_names_and_tells_the_contact(
    request_by: RequestMaker, prospect: User, olivia: User, at: datetime
) -> None:
    set_policy(approval_required=True)
    request = request_by(prospect)

    with pytest.raises(ReasonMissing):
        reject(request=request, by=olivia, at=at, reason="  ")
    reject(request=request, by=olivia, at=at, reason="The company could not be verified.")

    request.refresh_from_db()
    assert (request.state, request.message, request.password) == (
        R.REJECTED,
        "The company could not be verified.",
        "",
    )
    assert request.finished_at == at
    assert not NameClaim.objects.filter(request=request).exists()
    assert list(Mail.objects.values_list("template", "recipient")) == [("request_rejected", request.contact_email)]


@pytest.mark.feature("REG-17")
def test_a_cancelled_request_frees_its_names_for_the_next(
    request_by: RequestMaker, prospect: User, rita: User, at: datetime
) -> None:
    set_policy(approval_required=True)
    request = request_by(prospect)

    cancel(request=request, by=prospect, at=at, reason="Changed our mind")

    assert request.state == R.CANCELLED
    assert request_by(rita).name == request.name


@pytest.mark.feature("REG-21")
def test_a_scheduled_request_says_when_it_starts(request_by: RequestMaker, prospect: User, at: datetime) -> None:
    set_policy(off_peak_only=True)

    request = request_by(prospect)

    assert request.scheduled_for == at.replace(hour=22)


def three_scheduled(request_by: RequestMaker, person: User, at: datetime) -> list[SubscriptionRequest]:
    set_policy(off_peak_only=True)
    return [
        request_by(
            person,
            name=f"Kenton{number}x",
            short_name=f"k{number}x",
            upn_suffix=f"k{number}.example",
            fqdn=f"k{number}.localhost",
            moment=at + timedelta(minutes=number),
        )
        for number in (1, 2, 3)
    ]


@pytest.mark.feature("REG-21")
def test_inside_the_window_the_first_two_start_and_the_third_when_there_is_room(
    request_by: RequestMaker, rita: User, at: datetime
) -> None:
    first, second, third = three_scheduled(request_by, rita, at)

    early = start_due(at=at.replace(hour=21, minute=59))
    begun = start_due(at=at.replace(hour=22))
    full = start_due(at=at.replace(hour=22, minute=1))
    SubscriptionRequest.objects.filter(pk=first.pk).update(state=R.COMPLETED)
    rest = start_due(at=at.replace(hour=22, minute=2))

    assert early == full == []
    assert begun == [first, second]
    assert rest == [third]
    assert Job.objects.filter(kind="provision").count() == 3


@pytest.mark.feature("REG-21")
def test_the_limit_counts_what_was_started_by_hand_too(
    request_by: RequestMaker, rita: User, olivia: User, at: datetime
) -> None:
    first, second, third = three_scheduled(request_by, rita, at)

    start_now(request=third, by=olivia, at=at)
    begun = start_due(at=at.replace(hour=23))

    assert begun == [first]
    second.refresh_from_db()
    assert second.state == R.SCHEDULED


@pytest.mark.feature("REG-21")
def test_after_a_change_of_the_window_the_new_time_is_shown(
    request_by: RequestMaker, prospect: User, at: datetime
) -> None:
    set_policy(off_peak_only=True)
    request = request_by(prospect)
    set_policy(off_peak_start=time(20))

    start_due(at=at)

    request.refresh_from_db()
    assert request.scheduled_for == at.replace(hour=20)


def failed_request(request: SubscriptionRequest) -> SubscriptionRequest:
    Job.objects.filter(pk=request.job_id).update(state="failed")
    SubscriptionRequest.objects.filter(pk=request.pk).update(state=R.FAILED, message="It failed.")
    request.refresh_from_db()
    return request


@pytest.mark.feature("REG-25")
def test_a_retry_goes_on_with_the_same_job(
    request_by: RequestMaker, prospect: User, olivia: User, at: datetime
) -> None:
    request = failed_request(request_by(prospect))

    retry(request=request, by=olivia, at=at)

    job = Job.objects.get(kind="provision")
    assert (request.state, request.message) == (R.PROVISIONING, "")
    assert (job.pk, job.state, job.undoing) == (request.job_id, "queued", False)


@pytest.mark.feature("REG-25")
def test_a_recovery_removes_and_allows_nothing_else_meanwhile(
    request_by: RequestMaker, prospect: User, olivia: User, at: datetime
) -> None:
    request = failed_request(request_by(prospect))

    recover(request=request, by=olivia, at=at)

    assert Job.objects.get(kind="provision").undoing
    assert request.state == R.FAILED
    for verb in (retry, recover):
        with pytest.raises(StillBusy):
            verb(request=request, by=olivia, at=at)


@pytest.mark.feature("REG-25")
@pytest.mark.parametrize("state", [state for state in R if state != R.FAILED])
@pytest.mark.parametrize("verb", [retry, recover])
def test_only_a_failed_request_can_be_retried_or_recovered(
    verb: object, state: RequestState, request_by: RequestMaker, prospect: User, olivia: User, at: datetime
) -> None:
    request = request_by(prospect)
    SubscriptionRequest.objects.filter(pk=request.pk).update(state=state)

    with pytest.raises(NotFailed):
        verb(request=request, by=olivia, at=at)
