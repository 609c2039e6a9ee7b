"""Tenant Creation Management: who sees what, and which buttons there are."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import User
from portal.jobs.models import Job, Step
from tenants.models import Platform, RequestState, SubscriptionRequest, Tenant
from tenants.services.requests import finish
from tests.tenants.registration.conftest import RequestMaker

MANAGEMENT = "portal.sites.urls_management"
LIST, OWN = (reverse(name, urlconf=MANAGEMENT) for name in ("tenants:requests", "register:requests"))
Browser = Callable[[User | None, Tenant], Client]
R = RequestState


def ops(request: SubscriptionRequest, verb: str = "") -> str:
    name = f"tenants:request_{verb}" if verb else "tenants:request"
    return reverse(name, args=[request.reference], urlconf=MANAGEMENT)


def own(request: SubscriptionRequest, page: str = "request") -> str:
    return reverse(f"register:{page}", args=[request.reference], urlconf=MANAGEMENT)


def page_of(answer: object) -> str:
    return answer.content.decode()


def another(request_by: RequestMaker, person: User, word: str) -> SubscriptionRequest:
    names = {"name": f"{word}Phones", "short_name": word.lower(), "upn_suffix": f"{word}.example"}
    contact = {"contact_name": f"Anna {word}", "contact_email": f"anna@{word}.example", "company": word}
    return request_by(person, fqdn=f"{word}.localhost", **names, **contact)


@pytest.mark.feature("REG-16")
def test_the_list_has_the_ten_columns(
    request_by: RequestMaker, prospect: User, olivia: User, browser_of: Browser, management: Tenant
) -> None:
    Platform.objects.update(off_peak_only=True)
    request = request_by(prospect)

    answer = browser_of(olivia, management).get(f"{LIST}?export=csv")

    heading, row = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert heading == ("Reference,Name,Short name,Template,Requester,Submitted,Status,Scheduled for,Finished,Message")
    assert row.startswith(f"{request.reference},KentonElectronics,ke,Standard v1,Prospect,2026-11-23T12:00")
    assert "Scheduled,2026-11-23T22:00" in row


@pytest.mark.feature("REG-16")
def test_operators_see_all_requests_and_requesters_their_own(
    request_by: RequestMaker, prospect: User, rita: User, rival: User, oscar: User,
    browser_of: Browser, management: Tenant,
) -> None:  # fmt: skip
    mine, theirs = request_by(prospect), another(request_by, rita, "Rita")

    everything = page_of(browser_of(oscar, management).get(LIST))
    listed = {who: page_of(browser_of(who, management).get(OWN)) for who in (prospect, rita, rival)}

    assert mine.reference in everything
    assert theirs.reference in everything
    assert mine.reference in listed[prospect]
    assert theirs.reference not in listed[prospect]
    assert theirs.reference in listed[rita]
    assert "No requests" in listed[rival]


@pytest.mark.feature("REG-16")
def test_somebody_elses_request_is_not_there(
    request_by: RequestMaker, prospect: User, rita: User, browser_of: Browser, management: Tenant
) -> None:
    request = request_by(prospect)
    browser = browser_of(rita, management)

    answers = [
        browser.get(own(request)),
        browser.get(own(request, "sent")),
        browser.get(own(request, "cancel")),
        browser.post(own(request, "cancel")),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4


@pytest.mark.feature("REG-16")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=awaiting", {"KentonElectronics"}),
        ("status=completed", {"RitaPhones"}),
        ("q=kenton", {"KentonElectronics"}),
        ("q=RITA.example", {"RitaPhones"}),
        ("q=anna", {"KentonElectronics", "RitaPhones"}),
        ("q=nobody", set()),
        ("q=ken%00ton", {"KentonElectronics", "RitaPhones"}),
        ("status=nonsense", {"KentonElectronics", "RitaPhones"}),
        ("sort=-name", {"KentonElectronics", "RitaPhones"}),
    ],
)
def test_the_list_is_searched_and_filtered_by_status(
    query: str, found: set[str], request_by: RequestMaker, prospect: User, rita: User, olivia: User,
    browser_of: Browser, management: Tenant,
) -> None:  # fmt: skip
    Platform.objects.update(approval_required=True)
    request_by(prospect)
    SubscriptionRequest.objects.filter(pk=another(request_by, rita, "Rita").pk).update(state=R.COMPLETED)

    answer = browser_of(olivia, management).get(f"{LIST}?{query}")

    shown = page_of(answer)
    assert answer.status_code == 200
    assert {name for name in ("KentonElectronics", "RitaPhones") if f"<td>{name}</td>" in shown} == found


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
@pytest.mark.parametrize(("state", "live"), [(R.PROVISIONING, True), (R.SCHEDULED, True), (R.COMPLETED, False)])
def test_the_timeline_asks_for_news_until_the_end(
    state: RequestState, live: bool, request_by: RequestMaker, prospect: User, browser_of: Browser, management: Tenant
) -> None:
    request = request_by(prospect)
    SubscriptionRequest.objects.filter(pk=request.pk).update(state=state)

    answer = browser_of(prospect, management).get(own(request), headers={"HX-Request": "true"})

    assert ('hx-trigger="every 5s"' in page_of(answer)) is live
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


@pytest.mark.parametrize("who", ["olivia", "prospect"])
def test_a_list_needs_the_same_queries_for_1_and_50_rows(
    who: str, request_by: RequestMaker, prospect: User, olivia: User, browser_of: Browser, management: Tenant
) -> None:
    request = request_by(prospect)
    person, address = {"olivia": (olivia, LIST), "prospect": (prospect, OWN)}[who]
    browser = browser_of(person, management)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    count()
    one = count()
    fields = {
        field.attname: getattr(request, field.attname)
        for field in SubscriptionRequest._meta.concrete_fields
        if field.attname not in ("id", "token", "reference")
    }
    SubscriptionRequest.objects.bulk_create(
        SubscriptionRequest(**fields, token=f"00000000-0000-0000-0000-0000000000{number:02}", reference=f"TR-{number}")
        for number in range(10, 59)
    )

    assert count() == one <= 12
