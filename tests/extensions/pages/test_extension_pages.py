"""Creating, looking at and changing one extension."""

from collections.abc import Callable

import pytest
from django.test import Client

from extensions.models import Extension
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]
TYPED = {"number": "102", "first_name": "Mei", "last_name": "Tan", "email": "mei@alpha.example", "mobile": "81234567"}


def stored(alpha: Tenant, number: str) -> Extension | None:
    with inside(alpha):
        return Extension.objects.filter(number=number).first()


@pytest.mark.feature("EXT-01", "UXP-03")
def test_the_form_creates_an_extension_and_shows_its_password_once(
    browser_of: Browser, alpha: Tenant, owner: User
) -> None:
    browser = browser_of(owner, alpha)

    answer = browser.post("/extensions/new/", TYPED)
    extension = stored(alpha, "102")
    first, second = (browser.get("/extensions/102/").content.decode() for _look in range(2))

    assert (answer.status_code, answer["Location"]) == (302, "/extensions/102/")
    assert extension.sip_username in first
    assert extension.sip_password in first
    assert extension.sip_username in second
    assert extension.sip_password not in second


@pytest.mark.feature("EXT-01")
def test_the_form_proposes_the_next_free_number(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    page = browser_of(owner, alpha).get("/extensions/new/").content.decode()

    assert 'value="102"' in page


@pytest.mark.feature("EXT-02")
@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("number", "10", "Use 3 to 5 digits"),
        ("number", "123456", "Use 3 to 5 digits"),
        ("number", "1O2", "Use 3 to 5 digits"),
        ("number", "1\x002", "cannot be kept"),
        ("number", "", "Fill this in"),
        ("number", "101", "already in use"),
        ("first_name", "", "Fill this in"),
        ("first_name", "x" * 51, "at most 50"),
        ("first_name", "a\x07b", "one line"),
        ("email", "mei at alpha", "Type an e-mail address"),
        ("email", "owner@alpha.example,x@y.example", "Type an e-mail address"),
        ("mobile", "12", "3 to 15 digits"),
        ("mobile", "abc", "3 to 15 digits"),
    ],
)
def test_wrong_input_gets_a_sentence_and_keeps_what_was_typed(
    browser_of: Browser, alpha: Tenant, owner: User, field: str, typed: str, sentence: str
) -> None:
    answer = browser_of(owner, alpha).post("/extensions/new/", {**TYPED, field: typed})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert sentence in page
    assert 'value="Tan"' in page
    assert stored(alpha, "102") is None


@pytest.mark.feature("EXT-01", "EXT-02")
def test_what_is_wrong_with_one_field_does_not_hide_what_is_wrong_with_others(
    browser_of: Browser, alpha: Tenant, owner: User
) -> None:
    typed = {**TYPED, "number": "101", "email": "mei at alpha", "mobile": "12"}

    answer = browser_of(owner, alpha).post("/extensions/new/", typed)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"number", "email", "mobile"}
    assert "already in use" in answer.content.decode()


def test_markup_in_a_name_is_shown_as_text(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)

    browser.post("/extensions/new/", {**TYPED, "email": "", "first_name": "<script>alert(1)</script>"})

    for address in ("/extensions/", "/extensions/102/", "/"):
        page = browser.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_the_limit_is_told_above_the_form(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    Tenant.objects.filter(pk=alpha.pk).update(max_extensions=1)

    answer = browser_of(owner, alpha).post("/extensions/new/", TYPED)

    assert answer.status_code == 422
    assert "You may have 1 extensions, and 1 exist" in answer.content.decode()


def test_editing_moves_to_the_new_number(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    typed = {"number": "777", "directory_name": "Reception", "first_name": "", "last_name": "", "mobile": ""}

    answer = browser_of(owner, alpha).post("/extensions/101/edit/", typed)

    assert answer["Location"] == "/extensions/777/"
    assert stored(alpha, "777").directory_name == "Reception"
    assert stored(alpha, "101") is None


def test_a_directory_name_has_at_most_100_characters(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    typed = {"number": "101", "directory_name": "x" * 101, "first_name": "", "last_name": "", "mobile": ""}

    assert browser_of(owner, alpha).post("/extensions/101/edit/", typed).status_code == 422


def test_a_new_password_is_shown_once(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)
    before = stored(alpha, "101").sip_password

    browser.post("/extensions/101/password/")
    after = stored(alpha, "101").sip_password
    first, second = (browser.get("/extensions/101/").content.decode() for _look in range(2))

    assert before != after
    assert after in first
    assert after not in second


def test_suspending_and_putting_back(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    browser = browser_of(owner, alpha)

    browser.post("/extensions/101/suspend/")
    suspended = browser.get("/extensions/101/").content.decode()
    again = browser.post("/extensions/101/suspend/").content.decode()
    browser.post("/extensions/101/reactivate/")

    assert "This extension is suspended" in suspended
    assert "cannot become" in again
    assert stored(alpha, "101").state == "unassigned"


CHANGES = ["/extensions/new/", "/extensions/101/edit/", "/extensions/101/password/"]


@pytest.mark.feature("ROL-07")
@pytest.mark.parametrize("address", CHANGES)
@pytest.mark.parametrize("who", ["manager", "agent"])
def test_only_administrators_change_extensions(
    request: pytest.FixtureRequest, browser_of: Browser, alpha: Tenant, who: str, address: str
) -> None:
    assert browser_of(request.getfixturevalue(who), alpha).post(address, TYPED).status_code == 403


@pytest.mark.feature("SEC-06")
def test_an_extension_of_another_tenant_is_not_there(
    browser_of: Browser, alpha: Tenant, beta: Tenant, stranger: User, owner: User
) -> None:
    with inside(alpha):
        Extension.objects.filter(number="101").update(number="4711")

    assert browser_of(stranger, beta).get("/extensions/4711/").status_code == 404
    assert browser_of(owner, alpha).get("/extensions/4711/").status_code == 200


@pytest.mark.parametrize("address", ["/extensions/101/password/"])
def test_a_verb_does_not_answer_to_get(browser_of: Browser, alpha: Tenant, owner: User, address: str) -> None:
    assert browser_of(owner, alpha).get(address).status_code == 405
