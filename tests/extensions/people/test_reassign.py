"""Change User: people without an extension, or nobody (EXT-07)."""

from collections.abc import Callable

import pytest
from django.test import Client

from extensions.models import Extension, ExtensionState
from extensions.services.reassign import NotUnassigned, change_user, unassigned_users
from extensions.services.suspend import suspend_extension
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant

pytestmark = pytest.mark.feature("EXT-07")
Create = Callable[..., Extension]
Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture
def wei(inside_alpha: Tenant) -> User:
    """Somebody without an extension."""
    return User.objects.create(username="wei@alpha.example", email="wei@alpha.example", display_name="Wei Chen")


def test_only_people_without_an_extension_are_offered(create: Create, wei: User) -> None:
    create("121", email="ada@alpha.example")
    User.objects.filter(username__startswith="manager@").update(is_active=False)

    names = {user.username for user in unassigned_users()}

    assert "wei@alpha.example" in names
    assert not {name for name in names if name.startswith(("ada@", "manager@"))}
    assert [user.username for user in unassigned_users("chen WEI")] == ["wei@alpha.example"]


def test_it_belongs_to_the_person_and_then_to_nobody(create: Create, wei: User, owner: User) -> None:
    extension = create("121")

    given = change_user(extension=extension, user=wei, by=owner)
    assert (given.user, given.state, given.email) == (wei, ExtensionState.ACTIVE, "wei@alpha.example")

    taken = change_user(extension=extension, user=None, by=owner)
    assert (taken.user, taken.state) == (None, ExtensionState.UNASSIGNED)


def test_a_suspended_extension_stays_suspended(create: Create, wei: User, owner: User) -> None:
    extension = suspend_extension(extension=create("121"), by=owner)

    assert change_user(extension=extension, user=wei, by=owner).state == ExtensionState.SUSPENDED


def test_somebody_with_an_extension_is_refused(create: Create, owner: User) -> None:
    taken = create("121", email="ada@alpha.example")

    with pytest.raises(NotUnassigned) as refusal:
        change_user(extension=create("122"), user=taken.user, by=owner)

    assert refusal.value.field == "user"


def test_the_page_searches_and_saves(
    create: Create, wei: User, owner: User, alpha: Tenant, browser_of: Browser
) -> None:
    create("121")
    browser = browser_of(owner, alpha)

    assert "Wei Chen (wei@alpha.example)" in browser.get("/extensions/121/user/?q=wei").content.decode()
    assert "Wei Chen (" not in browser.get("/extensions/121/user/?q=nobody-of-that-name").content.decode()
    assert browser.post("/extensions/121/user/", {"user": str(wei.pk)}).status_code == 302
    with inside(alpha):
        assert Extension.objects.get(number="121").user == wei


def test_the_page_refuses_somebody_with_an_extension(
    create: Create, agent: User, owner: User, alpha: Tenant, browser_of: Browser
) -> None:
    taken = create("121", email="ada@alpha.example")
    create("122")

    assert browser_of(owner, alpha).post("/extensions/122/user/", {"user": str(taken.user_id)}).status_code == 422
    assert browser_of(agent, alpha).get("/extensions/122/user/").status_code == 403


def test_the_page_leaves_it_with_whoever_has_it_unless_somebody_else_is_chosen(
    create: Create, owner: User, alpha: Tenant, browser_of: Browser
) -> None:
    given = create("121", email="ada@alpha.example").user
    browser = browser_of(owner, alpha)

    form = browser.get("/extensions/121/user/?q=nobody-of-that-name").context["form"]
    assert [value for value, _label in form.fields["user"].choices] == ["", given.pk]
    assert form["user"].value() == given.pk
    assert browser.post("/extensions/121/user/", {"user": str(given.pk)}).status_code == 302
    with inside(alpha):
        assert Extension.objects.get(number="121").user == given
