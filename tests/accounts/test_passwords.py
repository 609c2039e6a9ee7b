"""Choosing, changing and forgetting passwords (SEC-02, THR-13, THR-15)."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.utils import user_pk_to_url_str
from django import forms
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client

from portal.accounts.models import User
from portal.accounts.policy import NewPasswordField, policy_sentences
from portal.accounts.services import NoLink, change_password, deactivate_user, password_link, send_password_link
from portal.accounts.tokens import FirstPasswordTokens, LinkTokens, ResetTokens
from tenants.door import inside
from tenants.models import Tenant
from tests.accounts.test_signing_in import sign_in, signed_in
from tests.caches import forget_cached
from tests.world import PASSWORD

Browser = Callable[[User | None, Tenant], Client]
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
FRESH = "a quite different sentence"


@pytest.fixture(autouse=True)
def _quick(settings: LazySettings) -> None:
    settings.PORTAL_RESET_SECONDS = 0
    forget_cached()


def ask_for_link(browser: Client, email: str):
    return browser.post("/account/password/reset/", {"email": email})


def choose(browser: Client, link: str, password: str = FRESH):
    """Follow the link as a browser does, and post the form behind it."""
    shown = browser.get(link, follow=True)
    if b"password1" not in shown.content:
        return shown
    return browser.post(shown.request["PATH_INFO"], {"password1": password, "password2": password}, follow=True)


def link_of(user: User, tokens: ResetTokens | FirstPasswordTokens) -> str:
    return f"/account/password/reset/key/{user_pk_to_url_str(user)}-{tokens.make_token(user)}/"


@pytest.mark.feature("SEC-02")
def test_every_page_with_a_new_password_shows_the_whole_policy(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    with inside(alpha):
        link = link_of(owner, ResetTokens())
    pages = [browser_of(None, alpha).get(link, follow=True), browser_of(owner, alpha).get("/account/password/change/")]

    for shown in pages:
        for sentence in policy_sentences():
            assert sentence in shown.content.decode()


@pytest.mark.feature("SEC-02")
def test_a_first_password_is_asked_for_without_a_word_of_earlier_ones(
    browser_of: Browser, alpha: Tenant, owner: User
) -> None:
    with inside(alpha):
        owner.set_unusable_password()
        owner.save()
        link = link_of(owner, FirstPasswordTokens())

    page = browser_of(None, alpha).get(link, follow=True).content.decode()

    assert len(policy_sentences(first=True)) == len(policy_sentences()) - 1
    for sentence in policy_sentences(first=True):
        assert sentence in page
    assert "last 5 passwords" not in page
    assert "last 5 passwords" not in str(NewPasswordField(first=True).help_text)


@pytest.mark.feature("SEC-02")
@pytest.mark.parametrize("bad", ["short", "password1234", "x" * 129, "my name is owner ok", PASSWORD])
def test_the_policy_is_enforced_when_the_password_is_changed(
    browser_of: Browser, alpha: Tenant, owner: User, bad: str
) -> None:
    browser = browser_of(owner, alpha)

    answer = browser.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": bad, "password2": bad})

    assert answer.status_code == 200
    with inside(alpha):
        assert User.objects.get(pk=owner.pk).check_password(PASSWORD)


@pytest.mark.feature("SEC-02")
def test_none_of_the_last_five_passwords_comes_back(inside_alpha: Tenant, owner: User) -> None:
    used = [PASSWORD, *(f"sentence with number {n}" for n in range(5))]
    for password in used[1:]:
        change_password(user=owner, password=password)
    field = NewPasswordField()
    field.user = owner

    for password in used[1:]:
        with pytest.raises(ValidationError):
            field.clean(password)
    assert field.clean(PASSWORD) == PASSWORD


def test_the_field_for_new_passwords_keeps_spaces_and_shows_the_policy() -> None:
    class Form(forms.Form):
        password = NewPasswordField()

    assert Form({"password": "  spaces at both ends  "})["password"].field.clean("  spaces at both ends  ")[0] == " "
    assert policy_sentences()[0] in str(Form()["password"].help_text)


@pytest.mark.feature("SEC-05")
def test_changing_the_password_ends_the_other_sessions_only(browser_of: Browser, alpha: Tenant) -> None:
    here, there = browser_of(None, alpha), browser_of(None, alpha)
    sign_in(here, "prpagent")
    sign_in(there, "prpagent")

    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": FRESH, "password2": FRESH})

    assert signed_in(here)
    assert not signed_in(there)


def test_changing_the_password_needs_the_old_one(browser_of: Browser, alpha: Tenant, agent: User) -> None:
    browser = browser_of(agent, alpha)

    browser.post("/account/password/change/", {"oldpassword": "not it", "password1": FRESH, "password2": FRESH})

    with inside(alpha):
        assert User.objects.get(pk=agent.pk).check_password(PASSWORD)


@pytest.mark.feature("SEC-01")
def test_a_forgotten_password_is_replaced_through_the_mail(
    browser_of: Browser, alpha: Tenant, agent: User, mailoutbox: list[EmailMessage]
) -> None:
    browser = browser_of(None, alpha)

    ask_for_link(browser, "Agent@alpha.example")
    assert [message.to for message in mailoutbox] == [["agent@alpha.example"]]
    link = re.search(r"https?://[^/\s]+(/account/password/reset/key/\S+)", mailoutbox[0].body)
    choose(browser, link[1])

    assert sign_in(browser, "prpagent", FRESH).status_code == 302


@pytest.mark.feature("SEC-01")
def test_asking_for_a_link_looks_the_same_for_everybody(
    browser_of: Browser, alpha: Tenant, mailoutbox: list[EmailMessage]
) -> None:
    known = ask_for_link(browser_of(None, alpha), "agent@alpha.example")
    unknown = ask_for_link(browser_of(None, alpha), "nobody@alpha.example")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mailoutbox] == [["agent@alpha.example"]]


@pytest.mark.feature("SEC-01")
def test_asking_for_a_link_takes_the_same_time_for_everybody(
    browser_of: Browser, alpha: Tenant, settings: LazySettings
) -> None:
    settings.PORTAL_RESET_SECONDS = 0.2
    settings.ACCOUNT_RATE_LIMITS = False
    known = [_seconds(browser_of, alpha, "agent@alpha.example") for _ in range(8)]
    unknown = [_seconds(browser_of, alpha, "nobody@alpha.example") for _ in range(8)]

    assert sorted(known)[4] == pytest.approx(sorted(unknown)[4], rel=0.1)


def _seconds(browser_of: Browser, alpha: Tenant, email: str) -> float:
    browser = browser_of(None, alpha)
    began = datetime.now(tz=UTC)
    ask_for_link(browser, email)
    return (datetime.now(tz=UTC) - began).total_seconds()


@pytest.mark.feature("SEC-01")
def test_a_reset_link_works_once_and_for_an_hour(browser_of: Browser, alpha: Tenant, agent: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        with inside(alpha):
            used, late = link_of(agent, ResetTokens()), link_of(agent, ResetTokens())
        clock.shift(timedelta(minutes=61))
        assert "does not work" in choose(browser_of(None, alpha), late).content.decode()
        clock.shift(timedelta(minutes=-2))
        choose(browser_of(None, alpha), used)
        choose(browser_of(None, alpha), used, "yet another sentence")
    with inside(alpha):
        assert User.objects.get(pk=agent.pk).check_password(FRESH)


def test_a_first_password_link_lasts_a_day(inside_alpha: Tenant, agent: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        token = FirstPasswordTokens().make_token(agent)
        clock.shift(timedelta(hours=23))
        assert LinkTokens().check_token(agent, token)
        clock.shift(timedelta(hours=2))
        assert not LinkTokens().check_token(agent, token)


def test_a_link_of_one_schema_is_worth_nothing_in_another(beta: Tenant, inside_alpha: Tenant, agent: User) -> None:
    token = ResetTokens().make_token(agent)

    assert LinkTokens().check_token(agent, token)
    with inside(beta):
        assert not LinkTokens().check_token(agent, token)


@pytest.mark.parametrize("change", ["email", "lock", "password"])
def test_a_link_dies_with_what_it_was_made_for(inside_alpha: Tenant, agent: User, change: str) -> None:
    token = ResetTokens().make_token(agent)
    if change == "email":
        agent.email = "new@alpha.example"
    elif change == "lock":
        deactivate_user(user=agent)
    else:
        change_password(user=agent, password=FRESH)

    assert not LinkTokens().check_token(agent, token)


def test_of_many_uses_of_one_link_at_once_one_counts(own_database: str) -> None:
    tenant = Tenant.objects.get(schema_name="t2")
    with inside(tenant):
        agent = User.objects.get(username="agent@alpha.example")
        link = link_of(agent, ResetTokens())
    connection.close()

    def use(number: int) -> bool:
        try:
            answer = choose(Client(HTTP_HOST="alpha-phones.localhost"), link, f"sentence of user {number}")
            return answer.request["PATH_INFO"].endswith("/key/done/")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        won = [number for number, done in enumerate(pool.map(use, range(8))) if done]

    assert len(won) == 1
    with inside(tenant):
        agent = User.objects.get(pk=agent.pk)
        assert agent.check_password(f"sentence of user {won[0]}")
        assert agent.password_history.count() == 1


def test_a_password_link_leads_to_the_right_host_and_its_mail_tells_the_logon(
    inside_alpha: Tenant, agent: User, mailoutbox: list[EmailMessage]
) -> None:
    send_password_link(user=agent)

    assert "agent@alpha.example" in mailoutbox[0].body
    assert re.match(r"https?://alpha-phones\.localhost(:\d+)?/account/password/reset/key/", password_link(user=agent))


def test_nobody_locked_gets_a_link(inside_alpha: Tenant, agent: User) -> None:
    deactivate_user(user=agent)

    with pytest.raises(NoLink):
        send_password_link(user=agent)
