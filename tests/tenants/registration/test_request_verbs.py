"""One request: its timeline, and which buttons there are for whom."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.jobs.models import Job, Step
from tenants.models import Platform, RequestState, SubscriptionRequest, Tenant
from tenants.services.requests import finish
from tests.tenants.registration.asking import another, ops, own, page_of
from tests.tenants.registration.conftest import RequestMaker

Browser = Callable[[User | None, Tenant], Client]
R = RequestState


@pytest.mark.feature("REG-17")
@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        (R.AWAITING_APPROVAL, {"approve", "reject", "cancel"}),
        (R.APPROVED, {"start", "cancel"}),
        (R.SCHEDULED, {"start", "cancel"}),
        (R.PROVISIONING, set()),
        (R.FAILED, {"retry", "recover"}),
        (R.COMPLETED, set()),
        (R.REJECTED, set()),
        (R.CANCELLED, set()),
    ],
)
def test_the_state_decides_which_buttons_an_operator_has(
    state: RequestState, buttons: set[str], request_by: RequestMaker, prospect: User, olivia: User, oscar: User,
    browser_of: Browser, management: Tenant,
) -> None:  # fmt: skip
    request = request_by(prospect)
    SubscriptionRequest.objects.filter(pk=request.pk).update(state=state)

    shown = page_of(browser_of(olivia, management).get(ops(request)))
    to_support = page_of(browser_of(oscar, management).get(ops(request)))

    verbs = ("approve", "reject", "start", "retry", "recover", "cancel")
    assert {verb for verb in verbs if ops(request, verb) in shown} == buttons
    assert not [verb for verb in verbs if ops(request, verb) in to_support]


@pytest.mark.parametrize("verb", ["approve", "reject", "start", "retry", "recover", "cancel"])
def test_support_and_outsiders_cannot_press_them(
    verb: str, request_by: RequestMaker, prospect: User, oscar: User, rita: User,
    browser_of: Browser, management: Tenant,
) -> None:  # fmt: skip
    Platform.objects.update(approval_required=True)
    request = request_by(prospect)

    for person in (oscar, rita, prospect):
        assert browser_of(person, management).post(ops(request, verb), {"reason": "x"}).status_code == 403

    request.refresh_from_db()
    assert request.state == R.AWAITING_APPROVAL


@pytest.mark.feature("REG-20")
def test_an_operator_approves_and_the_request_starts(
    request_by: RequestMaker, prospect: User, olivia: User, browser_of: Browser, management: Tenant
) -> None:
    Platform.objects.update(approval_required=True)
    request = request_by(prospect)
    browser = browser_of(olivia, management)

    asked = browser.get(ops(request, "approve"))
    done = browser.post(ops(request, "approve"), {"reason": "Known"})

    request.refresh_from_db()
    assert asked.status_code == 200
    assert (done.status_code, done["Location"]) == (302, ops(request))
    assert request.state == R.PROVISIONING
    assert request.moves.filter(after=R.APPROVED, by_name="Olivia", reason="Known").exists()


@pytest.mark.feature("REG-20")
def test_a_rejection_without_a_reason_comes_back(
    request_by: RequestMaker, prospect: User, olivia: User, browser_of: Browser, management: Tenant
) -> None:
    Platform.objects.update(approval_required=True)
    request = request_by(prospect)

    answer = browser_of(olivia, management).post(ops(request, "reject"), {"reason": " "})

    assert answer.status_code == 422
    assert "Say why" in page_of(answer)


@pytest.mark.feature("REG-17")
def test_a_verb_in_the_wrong_state_is_told_and_changes_nothing(
    request_by: RequestMaker, prospect: User, olivia: User, browser_of: Browser, management: Tenant
) -> None:
    request = request_by(prospect)
    browser = browser_of(olivia, management)

    answers = [browser.post(ops(request, verb), {"reason": "x"}) for verb in ("approve", "retry", "recover", "cancel")]

    assert [answer.status_code for answer in answers] == [422] * 4
    request.refresh_from_db()
    assert request.state == R.PROVISIONING


def with_failed_step(request: SubscriptionRequest, at: datetime) -> None:
    """As the engine leaves it: the second step failed, its cause in the journal."""
    job = Job.objects.get(pk=request.job_id)
    Step.objects.filter(job=job, ordinal=0).update(state="done", started_at=at, finished_at=at.replace(second=2))
    Step.objects.filter(job=job, ordinal=1).update(state="failed", started_at=at, cause="disk quota on node 7")
    Job.objects.filter(pk=job.pk).update(state="failed", cause="Traceback … disk quota on node 7")
    finish.failed(request, "disk quota on node 7", at)


@pytest.mark.feature("REG-23")
@pytest.mark.feature("REG-24")
def test_steps_show_state_and_duration_and_only_operators_the_cause(
    request_by: RequestMaker, prospect: User, olivia: User, browser_of: Browser, management: Tenant, at: datetime
) -> None:
    request = request_by(prospect)
    with_failed_step(request, at)

    to_operator = page_of(browser_of(olivia, management).get(ops(request)))
    to_requester = page_of(browser_of(prospect, management).get(own(request)))

    for shown in (to_operator, to_requester):
        assert "Reserve an instance number" in shown
        assert "2.0 s" in shown
        assert "Failed" in shown
    assert "disk quota on node 7" in to_operator
    assert "disk quota" not in to_requester


@pytest.mark.feature("REG-24")
@pytest.mark.parametrize(("state", "every"), [(R.PROVISIONING, 1), (R.SCHEDULED, 5), (R.COMPLETED, None)])
def test_the_timeline_asks_for_news_until_the_end(
    state: RequestState,
    every: int | None,
    request_by: RequestMaker,
    prospect: User,
    browser_of: Browser,
    management: Tenant,
) -> None:
    request = request_by(prospect)
    SubscriptionRequest.objects.filter(pk=request.pk).update(state=state)

    answer = browser_of(prospect, management).get(own(request), headers={"HX-Request": "true"})

    if every:
        assert f'hx-trigger="every {every}s"' in page_of(answer)
    else:
        assert "hx-trigger" not in page_of(answer)
    assert "<html" not in page_of(answer)


@pytest.mark.feature("REG-21")
def test_a_waiting_request_shows_when_it_will_start(
    request_by: RequestMaker, prospect: User, rita: User, browser_of: Browser, management: Tenant
) -> None:
    Platform.objects.update(off_peak_only=True)
    request_by(rita)
    request = another(request_by, prospect, "Second")

    shown = page_of(browser_of(prospect, management).get(own(request)))

    assert "off-peak hours, from" in shown
    assert "22:00" in shown or "10 p.m." in shown
    assert "1 request is before this one" in shown


@pytest.mark.feature("REG-16")
def test_the_requester_takes_the_request_back(
    request_by: RequestMaker, prospect: User, browser_of: Browser, management: Tenant
) -> None:
    Platform.objects.update(approval_required=True)
    request = request_by(prospect)

    answer = browser_of(prospect, management).post(own(request, "cancel"), {"reason": ""})

    request.refresh_from_db()
    assert answer["Location"] == own(request)
    assert request.state == R.CANCELLED
