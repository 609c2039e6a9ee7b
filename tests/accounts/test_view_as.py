"""“View as role”: the pages as a role sees them, and nothing can be changed meanwhile (ROL-10)."""

from collections.abc import Callable

import pytest
from django.test import Client

from extensions.models import Extension, Team
from portal.accounts.models import Role, User
from portal.audit.models import LogEntry
from tenants.door import inside
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]


def view_as(browser: Client, alpha: Tenant, code: str) -> int:
    with inside(alpha):
        pk = Role.objects.get(code=code).pk
    return browser.post(f"/roles/{pk}/view-as/").status_code


@pytest.mark.feature("ROL-10")
def test_the_owner_sees_what_an_end_user_sees_and_leaves_again(browser_of: Browser, owner: User, alpha: Tenant) -> None:
    browser = browser_of(owner, alpha)

    assert view_as(browser, alpha, "end_user") == 302
    home = browser.get("/", follow=True).content.decode()
    assert "You see the pages as" in home
    assert 'href="/extensions/"' not in home
    assert browser.get("/extensions/").status_code == 403

    assert browser.post("/view-as/leave/").status_code == 302
    assert browser.get("/extensions/").status_code == 200
    assert "You see the pages as" not in browser.get("/", follow=True).content.decode()


@pytest.mark.feature("ROL-10")
def test_nothing_can_be_changed_not_even_what_the_role_could(browser_of: Browser, owner: User, alpha: Tenant) -> None:
    browser = browser_of(owner, alpha)
    view_as(browser, alpha, "admin")

    for path in ("/me/preferences/", "/extensions/new/", "/account/password/change/"):
        answer = browser.post(path, {"theme": "dark"})
        assert answer.status_code == 403
        assert "nothing can be changed meanwhile" in answer.content.decode()

    with inside(alpha):
        assert User.objects.get(pk=owner.pk).theme == "auto"


@pytest.mark.feature("ROL-10", "ROL-09")
def test_only_roles_that_somebody_could_give_can_be_looked_through(
    browser_of: Browser, owner: User, manager: User, alpha: Tenant
) -> None:
    assert view_as(browser_of(owner, alpha), alpha, "owner") == 404
    assert view_as(browser_of(manager, alpha), alpha, "end_user") == 403


@pytest.mark.feature("ROL-10")
def test_the_view_ends_when_the_role_is_gone(browser_of: Browser, owner: User, alpha: Tenant) -> None:
    with inside(alpha):
        role = Role.objects.create(code="desk", name="Desk", permissions=["own:use"])
    browser = browser_of(owner, alpha)
    view_as(browser, alpha, "desk")
    assert browser.get("/extensions/").status_code == 403

    with inside(alpha):
        role.delete()

    assert browser.get("/extensions/").status_code == 200


@pytest.mark.feature("ROL-10")
def test_a_role_without_any_right_can_be_left_too(browser_of: Browser, owner: User, alpha: Tenant) -> None:
    with inside(alpha):
        Role.objects.create(code="nothing", name="Nothing", permissions=[])
    browser = browser_of(owner, alpha)
    view_as(browser, alpha, "nothing")

    assert browser.post("/view-as/leave/").status_code == 302
    assert browser.get("/extensions/").status_code == 200


@pytest.mark.feature("ROL-10")
def test_beginning_and_end_are_in_the_log(browser_of: Browser, owner: User, alpha: Tenant) -> None:
    browser = browser_of(owner, alpha)
    view_as(browser, alpha, "end_user")
    browser.post("/view-as/leave/")

    with inside(alpha):
        found = LogEntry.objects.filter(table="View as role").order_by("pk")
        assert [(entry.message, entry.user_name, entry.changes["role"][1]) for entry in found] == [
            ("Opened", "Owner", "End user"), ("Ended", "Owner", "End user"),
        ]  # fmt: skip


@pytest.mark.feature("ROL-10", "ROL-08")
def test_a_team_scoped_role_is_seen_in_the_viewers_own_teams_and_the_band_names_them(
    browser_of: Browser, owner: User, alpha: Tenant
) -> None:
    with inside(alpha):
        sales, support = Team.objects.create(name="Sales"), Team.objects.create(name="Support")
        Extension.objects.filter(number="101").update(user=owner, state="active")
        support.memberships.create(extension=Extension.objects.get(number="101"), position=1)
    browser = browser_of(owner, alpha)
    before = browser.get(f"/teams/{sales.pk}/members/").status_code

    view_as(browser, alpha, "manager")
    page = browser.get("/teams/").content.decode()
    codes = [browser.get(f"/teams/{one.pk}/members/").status_code for one in (sales, support)]

    assert before == 200
    assert "here it counts in: Support." in page
    assert codes == [404, 200]


@pytest.mark.feature("ROL-10", "ROL-08")
def test_without_a_team_of_ones_own_the_first_by_name_is_taken(browser_of: Browser, owner: User, alpha: Tenant) -> None:
    browser = browser_of(owner, alpha)
    view_as(browser, alpha, "manager")
    none = browser.get("/teams/").content.decode()
    with inside(alpha):
        Team.objects.create(name="Sales")
        Team.objects.create(name="Front desk")

    some = browser.get("/teams/").content.decode()

    assert "there is no team yet" in none
    assert "here it counts in: Front desk." in some
