"""Tenant Creation Management as a list: who sees which requests."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from tenants.models import Platform, RequestState, SubscriptionRequest, Tenant
from tests.tenants.registration.asking import LIST, OWN, another, own, page_of
from tests.tenants.registration.conftest import RequestMaker

Browser = Callable[[User | None, Tenant], Client]
R = RequestState


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


@pytest.mark.parametrize("address", ["/ops/requests/%00/", "/register/requests/TR-%00/", "/register/sent/%00/"])
def test_a_reference_that_cannot_be_one_leads_nowhere(
    address: str, olivia: User, browser_of: Browser, management: Tenant
) -> None:
    assert browser_of(olivia, management).get(address).status_code == 404


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
