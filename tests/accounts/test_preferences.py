"""What people choose for themselves: preferences and saved views (UXP-02, UXP-03)."""

from collections.abc import Callable

import pytest
from django.test import Client

from portal.accounts.models import SavedView, User
from portal.accounts.services import TooManyViews, save_view
from portal.accounts.services.preferences import MOST_VIEWS
from tenants.door import inside
from tenants.models import Tenant

Browser = Callable[[User | None, Tenant], Client]
CHOSEN = {"theme": "dark", "compact": "", "language": "en", "time_zone": "Asia/Singapore"}


def test_preferences_are_kept_and_used(browser_of: Browser, agent: User, alpha: Tenant) -> None:
    browser = browser_of(agent, alpha)

    assert browser.post("/me/preferences/", CHOSEN).status_code == 302

    shown = browser.get("/me/preferences/")
    assert 'data-theme="dark"' in shown.content.decode()
    with inside(alpha):
        found = User.objects.get(pk=agent.pk)
        assert (found.theme, found.compact, str(found.time_zone)) == ("dark", False, "Asia/Singapore")


@pytest.mark.parametrize(("field", "value"), [("theme", "pink"), ("time_zone", "Mars/Base"), ("language", "xx")])
def test_only_what_is_offered_can_be_chosen(
    browser_of: Browser, agent: User, alpha: Tenant, field: str, value: str
) -> None:
    assert browser_of(agent, alpha).post("/me/preferences/", CHOSEN | {field: value}).status_code == 422


def test_times_are_shown_in_the_persons_zone(browser_of: Browser, owner: User, alpha: Tenant) -> None:
    with inside(alpha):
        User.objects.filter(pk=owner.pk).update(time_zone="Pacific/Kiritimati", last_login="2026-11-21T11:30:00Z")
    browser = browser_of(owner, alpha)
    with inside(alpha):
        User.objects.filter(pk=owner.pk).update(last_login="2026-11-21T11:30:00Z")

    assert "2026-11-22 01:30" in browser.get("/users/").content.decode()


@pytest.mark.feature("UXP-02")
def test_a_list_is_saved_under_a_name_shown_and_deleted(browser_of: Browser, owner: User, alpha: Tenant) -> None:
    browser = browser_of(owner, alpha)
    told = {"page": "accounts:users", "name": "Locked people", "query": "active=no&sort=-name&page=3&export=csv"}

    answer = browser.post("/me/views/", told)

    assert answer["Location"] == "/users/?active=no&sort=-name"
    assert "Locked people" in browser.get("/users/").content.decode()
    with inside(alpha):
        view = SavedView.objects.get()
    assert browser.post(f"/me/views/{view.pk}/delete/")["Location"] == "/users/"
    assert "Locked people" not in browser.get("/users/").content.decode()


@pytest.mark.feature("UXP-02")
def test_views_belong_to_one_person(browser_of: Browser, owner: User, manager: User, alpha: Tenant) -> None:
    with inside(alpha):
        view = save_view(user=owner, page="accounts:users", name="Mine", query="q=x")
    other = browser_of(manager, alpha)

    assert "Mine" not in other.get("/users/").content.decode()
    assert other.post(f"/me/views/{view.pk}/delete/").status_code == 404


@pytest.mark.feature("UXP-02")
def test_the_same_name_replaces_the_view(inside_alpha: Tenant, owner: User) -> None:
    save_view(user=owner, page="accounts:users", name="Mine", query="q=1")
    save_view(user=owner, page="accounts:users", name="MINE", query="q=2")

    assert [(view.name, view.query) for view in SavedView.objects.all()] == [("MINE", "q=2")]


def test_views_have_a_limit(inside_alpha: Tenant, owner: User) -> None:
    for number in range(MOST_VIEWS):
        save_view(user=owner, page="accounts:users", name=f"View {number}", query="")

    with pytest.raises(TooManyViews):
        save_view(user=owner, page="accounts:users", name="One more", query="")


@pytest.mark.parametrize("target", ["https://evil.example", "home", "no:such", "accounts:user"])
def test_only_lists_can_be_saved(browser_of: Browser, owner: User, alpha: Tenant, target: str) -> None:
    browser_of(owner, alpha).post("/me/views/", {"page": target, "name": "X", "query": ""})

    with inside(alpha):
        assert not SavedView.objects.exists()
