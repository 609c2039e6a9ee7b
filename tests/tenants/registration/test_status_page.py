"""The public status page: reference and e-mail address open it; it shows state and times, and no names."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from tenants.models import Platform, PublicAttempt, Tenant
from tenants.services.requests import finish
from tests.tenants.registration.conftest import CONTACT, RequestMaker

STATUS = reverse("register:status", urlconf="portal.sites.urls_management")
SENTENCE = "There is no request with this reference and this e-mail address"
Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture
def passer_by(browser_of: Browser, management: Tenant) -> Client:
    return browser_of(None, management)


def ask(browser: Client, reference: str, email: str, **more: str) -> object:
    return browser.post(STATUS, {"reference": reference, "email": email}, **more)


@pytest.mark.feature("REG-29")
@pytest.mark.parametrize("email", ["anna@kenton-electronics.com", " ANNA@Kenton-Electronics.com "])
def test_the_right_pair_shows_state_and_timeline_without_names(
    email: str, passer_by: Client, request_by: RequestMaker, prospect: User, at: datetime
) -> None:
    request = request_by(prospect)
    finish.failed(request, "cause", at)

    opened = ask(passer_by, f" {request.reference.lower()} ", email)
    shown = passer_by.get(opened["Location"]).content.decode()

    assert request.reference in shown
    assert "Failed" in shown
    assert "Reserve an instance number" in shown
    names = ["Kenton", "kenton", "keAdmin", "Anna", "Prospect", "Policy", *CONTACT.values()]
    assert [name for name in names if name not in ("SG",) and name in shown] == []


@pytest.mark.feature("REG-29")
def test_the_status_follows_until_the_end(
    passer_by: Client, request_by: RequestMaker, prospect: User, at: datetime
) -> None:
    request = request_by(prospect)
    link = ask(passer_by, request.reference, request.contact_email)["Location"]

    running = passer_by.get(link, headers={"HX-Request": "true"}).content.decode()
    finish.completed(request, at)
    ended = passer_by.get(link, headers={"HX-Request": "true"}).content.decode()

    assert 'hx-trigger="every 1s"' in running
    assert "hx-trigger" not in ended
    assert "The tenant is ready" in ended


@pytest.mark.feature("REG-29")
def test_a_waiting_request_says_when_it_will_start(passer_by: Client, request_by: RequestMaker, prospect: User) -> None:
    Platform.objects.update(off_peak_only=True)
    request = request_by(prospect)

    shown = passer_by.get(ask(passer_by, request.reference, request.contact_email)["Location"]).content.decode()

    assert "off-peak hours, from" in shown


@pytest.mark.feature("REG-29")
@pytest.mark.parametrize(
    ("reference", "email"),
    [
        ("TR-2222-2222", "anna@kenton-electronics.com"),
        ("", "somebody@example.org"),
        ("TR-2222-2222", "somebody@example.org"),
        ("TR-22\0", "anna@kenton-electronics.com"),
        ("x" * 40, "anna@kenton-electronics.com"),
    ],
)
def test_a_wrong_pair_always_gets_the_same_sentence(
    reference: str, email: str, passer_by: Client, request_by: RequestMaker, prospect: User
) -> None:
    request = request_by(prospect)

    answer = ask(passer_by, reference or request.reference, email)

    assert answer.status_code == 422
    assert SENTENCE in answer.content.decode() or "\0" in reference


@pytest.mark.feature("REG-28")
@pytest.mark.feature("REG-29")
def test_guessing_is_stopped_even_for_the_right_pair(
    passer_by: Client, request_by: RequestMaker, prospect: User
) -> None:
    request = request_by(prospect)

    wrong = [ask(passer_by, f"TR-2222-222{number}", "a@example.org").status_code for number in range(11)]
    right = ask(passer_by, request.reference, request.contact_email).status_code
    elsewhere = ask(passer_by, request.reference, request.contact_email, REMOTE_ADDR="198.51.100.9").status_code

    assert wrong == [422] * 10 + [429]
    assert (right, elsewhere) == (429, 302)


@pytest.mark.feature("REG-29")
def test_the_right_pair_is_not_counted(passer_by: Client, request_by: RequestMaker, prospect: User) -> None:
    request = request_by(prospect)
    before = PublicAttempt.objects.count()

    for _number in range(15):
        assert ask(passer_by, request.reference, request.contact_email).status_code == 302

    assert PublicAttempt.objects.count() == before


@pytest.mark.feature("REG-29")
def test_the_link_is_good_for_a_day(passer_by: Client, request_by: RequestMaker, prospect: User) -> None:
    request = request_by(prospect)
    link = ask(passer_by, request.reference, request.contact_email)["Location"]

    with time_machine.travel(timedelta(hours=23), tick=False):
        assert passer_by.get(link).status_code == 200
    with time_machine.travel(timedelta(hours=25), tick=False):
        assert passer_by.get(link).status_code == 404
    assert passer_by.get(f"{STATUS}made-up/").status_code == 404
