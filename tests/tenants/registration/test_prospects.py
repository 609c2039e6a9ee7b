"""A prospect proves an e-mail address; nothing tells whether somebody else has one here."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.models.user import UserKind
from portal.jobs.mail.envelope import unseal
from portal.jobs.models import Mail
from tenants.models import Platform, PublicAttempt, Tenant

MANAGEMENT = "portal.sites.urls_management"
START, ASKED, TEMPLATE = (reverse(f"register:{name}", urlconf=MANAGEMENT) for name in ("start", "asked", "template"))
NEW = "new.person@example.org"
Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture
def passer_by(browser_of: Browser, management: Tenant) -> Client:
    return browser_of(None, management)


def ask(browser: Client, email: str, **more: str) -> object:
    return browser.post(START, {"email": email, **more})


def mailed_link(email: str) -> str:
    """The path in the latest mail to `email`."""
    mail = Mail.objects.filter(recipient=email).latest("pk")
    return re.search(r"https?://[^/\s]+(/register/confirm/[^\s\"<]+)", unseal(mail.sealed, schema=mail.schema).body)[1]


@pytest.mark.feature("REG-02")
def test_the_mailed_link_and_its_button_sign_a_prospect_in(passer_by: Client, management: Tenant) -> None:
    asked = ask(passer_by, NEW)
    link = mailed_link(NEW)
    opened = passer_by.get(link)
    confirmed = passer_by.post(link)
    form = passer_by.get(TEMPLATE)

    person = User.objects.get(email=NEW)
    assert asked["Location"] == ASKED
    assert opened.status_code == 200
    assert (confirmed.status_code, confirmed["Location"]) == (302, TEMPLATE)
    assert form.status_code == 200
    assert (person.kind, [role.code for role in person.roles.all()]) == (UserKind.PROSPECT, ["prospect"])
    assert not person.has_usable_password()


@pytest.mark.feature("REG-02")
def test_a_mail_scanner_that_opens_the_link_changes_nothing(passer_by: Client) -> None:
    ask(passer_by, NEW)
    link = mailed_link(NEW)

    for _number in range(3):
        passer_by.get(link)

    assert not User.objects.filter(email=NEW).exists()
    assert passer_by.post(link).status_code == 302


@pytest.mark.feature("REG-02")
def test_a_link_works_for_seven_days(passer_by: Client) -> None:
    ask(passer_by, NEW)
    link = mailed_link(NEW)

    with time_machine.travel(timedelta(days=6, hours=23), tick=False):
        young = passer_by.get(link)
    with time_machine.travel(timedelta(days=7, minutes=1), tick=False):
        old, posted = passer_by.get(link), passer_by.post(link)

    assert (young.status_code, old.status_code, posted.status_code) == (200, 410, 410)
    assert not User.objects.filter(email=NEW).exists()


@pytest.mark.feature("REG-02")
def test_a_link_opens_the_door_once(passer_by: Client, browser_of: Browser, management: Tenant) -> None:
    ask(passer_by, NEW)
    link = mailed_link(NEW)
    passer_by.post(link)

    again = browser_of(None, management).post(link)

    assert again.status_code == 410
    assert "was used" in again.content.decode()


@pytest.mark.feature("REG-02")
def test_a_prospect_comes_back_through_a_new_link(passer_by: Client, browser_of: Browser, management: Tenant) -> None:
    ask(passer_by, NEW)
    passer_by.post(mailed_link(NEW))
    later = browser_of(None, management)

    ask(later, NEW)
    answer = later.post(mailed_link(NEW))

    assert answer["Location"] == TEMPLATE
    assert User.objects.filter(email=NEW).count() == 1


@pytest.mark.feature("REG-02")
@pytest.mark.parametrize("damage", [lambda link: f"{link[:-2]}x/", lambda link: link.replace("confirm/", "confirm/x")])
def test_a_damaged_link_is_refused_in_words(passer_by: Client, damage: Callable[[str], str]) -> None:
    ask(passer_by, NEW)

    answer = passer_by.get(damage(mailed_link(NEW)))

    assert answer.status_code == 410
    assert "Ask for a new one" in answer.content.decode()


@pytest.mark.feature("REG-28")
def test_known_and_unknown_addresses_get_the_same_answer_and_one_mail_each(
    browser_of: Browser, management: Tenant, olivia: User, prospect: User
) -> None:
    answers = []
    for email in (NEW, olivia.email, prospect.email, olivia.email.upper()):
        browser = browser_of(None, management)
        first = ask(browser, email)
        answers.append((first.status_code, first["Location"], browser.get(first["Location"]).content))

    assert len({(status, location) for status, location, _body in answers}) == 1
    assert len({re.sub(rb'content="[^"]{60,}"|value="[^"]{60,}"', b"", body) for *_rest, body in answers}) == 1
    assert Mail.objects.count() == 4
    assert set(Mail.objects.filter(recipient__iexact=olivia.email).values_list("template", flat=True)) == {
        "registration_known"
    }


@pytest.mark.feature("REG-28")
def test_the_sixth_mail_of_an_hour_from_one_address_is_refused(passer_by: Client) -> None:
    statuses = [ask(passer_by, f"person{number}@example.org").status_code for number in range(6)]

    assert statuses == [302] * 5 + [429]
    assert Mail.objects.count() == 5


@pytest.mark.feature("REG-28")
def test_a_mailbox_gets_five_mails_an_hour_from_wherever_they_are_asked(
    browser_of: Browser, management: Tenant
) -> None:
    statuses = []
    for number in range(7):
        browser = browser_of(None, management)
        answer = browser.post(START, {"email": NEW}, REMOTE_ADDR=f"198.51.100.{number}")
        statuses.append((answer.status_code, answer["Location"]))

    assert set(statuses) == {(302, ASKED)}
    assert Mail.objects.filter(recipient=NEW).count() == 5


@pytest.mark.feature("REG-28")
def test_a_forged_forwarding_header_does_not_start_the_count_again(passer_by: Client) -> None:
    statuses = [
        passer_by.post(
            START, {"email": f"p{number}@example.org"}, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}"
        ).status_code
        for number in range(6)
    ]

    assert statuses[-1] == 429


@pytest.mark.feature("REG-28")
def test_whoever_fills_in_the_hidden_field_gets_the_same_answer_and_no_mail(passer_by: Client) -> None:
    answer = ask(passer_by, NEW, website="https://spam.example")

    assert (answer.status_code, answer["Location"]) == (302, ASKED)
    assert not Mail.objects.exists()
    assert not PublicAttempt.objects.exists()


@pytest.mark.feature("REG-01")
def test_the_switch_closes_self_registration_for_prospects_only(
    passer_by: Client, browser_of: Browser, management: Tenant, prospect: User, rita: User, olivia: User
) -> None:
    Platform.objects.update(self_registration=False)

    closed = [passer_by.get(START), ask(passer_by, NEW), browser_of(prospect, management).get(TEMPLATE)]
    opened = [browser_of(person, management).get(TEMPLATE) for person in (rita, olivia)]

    assert [answer.status_code for answer in closed] == [403, 403, 403]
    assert all("Registration is closed" in answer.content.decode() for answer in closed)
    assert [answer.status_code for answer in opened] == [200, 200]
    assert not Mail.objects.exists()


@pytest.mark.feature("REG-01")
def test_operators_and_resellers_are_led_straight_to_the_form(
    browser_of: Browser, management: Tenant, olivia: User, rita: User, prospect: User
) -> None:
    answers = [browser_of(person, management).get(START) for person in (olivia, rita, prospect)]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, TEMPLATE)}


@pytest.mark.parametrize("email", ["", "anna", "anna@", "a\0@example.org", f"{'a' * 150}@example.org"])
def test_a_wrong_address_is_told_beside_the_field(passer_by: Client, email: str) -> None:
    answer = ask(passer_by, email)

    assert answer.status_code == 422
    assert not Mail.objects.exists()
