"""The confirm page of an extension, and undoing (EXT-10, TEN-13, UXP-07)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from extensions.models import (
    ConferenceMember,
    ConferenceRoom,
    Deletion,
    Extension,
    Mailbox,
    Team,
    TeamMember,
)
from extensions.services.delete import KeptBox, delete_extension
from extensions.services.deletion import undo_deletion
from extensions.services.numbers import NumberTaken
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import reads
from tests.extensions.deletion.world import NOON

Create = Callable[..., Extension]
Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture
def gone(create: Create) -> Extension:
    """121, a member of the team Sales."""
    extension = create("121")
    TeamMember.objects.create(team=Team.objects.create(name="Sales"), extension=extension, position=0)
    return extension


@pytest.mark.feature("EXT-10", "TEN-13")
def test_the_page_lists_who_counts_on_it(gone: Extension, owner: User, alpha: Tenant, browser_of: Browser) -> None:
    page = browser_of(owner, alpha).get("/extensions/121/delete/")

    text = page.content.decode()
    assert "Sales" in text
    assert "It leaves the team." in text
    assert "Keep the voicemail box as a shared box" in text
    with inside(alpha):
        assert Extension.objects.filter(pk=gone.pk).exists()


@pytest.mark.feature("EXT-10", "UXP-07")
def test_it_goes_and_comes_back_by_the_button(gone: Extension, owner: User, alpha: Tenant, browser_of: Browser) -> None:
    browser = browser_of(owner, alpha)
    page = browser.get("/extensions/121/delete/")
    sent = browser.post("/extensions/121/delete/", {"expected": page.context["form"].seen}, follow=True)
    with inside(alpha):
        deletion = Deletion.objects.latest("pk")
        assert not Extension.objects.filter(number="121").exists()
    assert f'action="/deletions/{deletion.pk}/undo/"' in sent.content.decode()

    back = browser.post(f"/deletions/{deletion.pk}/undo/", follow=True)

    assert "Extension: 121 Wei Chen is back." in back.content.decode()
    with inside(alpha):
        assert TeamMember.objects.get(team__name="Sales").extension.number == "121"


@pytest.mark.feature("TEN-13")
def test_a_replacement_is_typed_by_number(
    gone: Extension, create: Create, owner: User, alpha: Tenant, browser_of: Browser
) -> None:
    create("123")

    browser_of(owner, alpha).post("/extensions/121/delete/", {"teammember.extension": "123"})

    with inside(alpha):
        assert TeamMember.objects.get(team__name="Sales").extension.number == "123"


@pytest.mark.parametrize("typed", ["999", "121", "abc"])
@pytest.mark.feature("TEN-13")
def test_a_replacement_that_does_not_exist_is_refused_beside_its_group(
    gone: Extension, typed: str, owner: User, alpha: Tenant, browser_of: Browser
) -> None:
    page = browser_of(owner, alpha).post("/extensions/121/delete/", {"teammember.extension": typed})

    assert page.status_code == 422
    assert f"There is no other extension {typed}." in page.content.decode()


@pytest.mark.feature("TEN-13")
def test_a_list_that_changed_is_shown_again(gone: Extension, owner: User, alpha: Tenant, browser_of: Browser) -> None:
    browser = browser_of(owner, alpha)

    page = browser.post("/extensions/121/delete/", {"expected": "0123456789abcdef"})

    assert page.status_code == 422
    assert "Please look at the list again." in page.content.decode()
    assert (
        browser.post("/extensions/121/delete/", {"expected": page.context["form"].data["expected"]}).status_code == 302
    )


@pytest.mark.feature("EXT-10")
def test_the_box_stays_as_a_shared_one_and_returns_with_the_undo(gone: Extension, owner: User) -> None:
    box = Mailbox.objects.get(extension=gone)
    Mailbox.objects.filter(pk=box.pk).update(pin="4711")

    deletion = delete_extension(extension=gone, by=owner, at=NOON, keep_box=KeptBox("700", "Wei's messages"))

    box.refresh_from_db()
    assert (box.extension_id, box.number, box.name, box.pin) == (None, "700", "Wei's messages", "4711")
    undo_deletion(deletion=deletion, by=owner, at=NOON)
    box.refresh_from_db()
    assert (box.extension_id, box.number, box.name) == (gone.pk, "", "")


@pytest.mark.feature("EXT-10")
def test_without_being_kept_the_box_goes(gone: Extension, owner: User) -> None:
    box = Mailbox.objects.get(extension=gone)

    delete_extension(extension=gone, by=owner, at=NOON)

    assert not Mailbox.objects.filter(pk=box.pk).exists()


@pytest.mark.feature("EXT-10")
def test_the_box_cannot_have_a_number_in_use(gone: Extension, create: Create, owner: User) -> None:
    create("123")

    with pytest.raises(NumberTaken) as refusal:
        delete_extension(extension=gone, by=owner, at=NOON, keep_box=KeptBox("123", "Box"))

    assert refusal.value.field == "box_number"
    assert Extension.objects.filter(pk=gone.pk).exists()


@pytest.mark.feature("EXT-10")
def test_a_kept_box_needs_number_and_name(gone: Extension, owner: User, alpha: Tenant, browser_of: Browser) -> None:
    page = browser_of(owner, alpha).post(
        "/extensions/121/delete/", {"keep_box": "on", "box_number": "", "box_name": ""}
    )

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"box_number", "box_name"}


@pytest.mark.feature("EXT-10", "EXT-13")
def test_suspending_lists_who_counts_on_it_first(
    gone: Extension, owner: User, alpha: Tenant, browser_of: Browser
) -> None:
    page = browser_of(owner, alpha).get("/extensions/121/suspend/")

    assert "Sales" in page.content.decode()
    with inside(alpha):
        gone.refresh_from_db()
    assert not gone.is_suspended


def test_who_may_delete(gone: Extension, agent: User, manager: User, alpha: Tenant, browser_of: Browser) -> None:
    assert [browser_of(who, alpha).get("/extensions/121/delete/").status_code for who in (agent, manager)] == [403, 403]


def test_what_others_deleted_is_not_found_by_those_who_may_not_delete(
    gone: Extension, owner: User, agent: User, alpha: Tenant, browser_of: Browser
) -> None:
    deletion = delete_extension(extension=gone, by=owner, at=NOON)

    assert browser_of(agent, alpha).post(f"/deletions/{deletion.pk}/undo/").status_code == 404


@pytest.mark.feature("UXP-07")
def test_the_list_of_deletions_offers_what_can_come_back(
    gone: Extension, owner: User, alpha: Tenant, browser_of: Browser
) -> None:
    delete_extension(extension=gone, by=owner, at=timezone.now())

    text = browser_of(owner, alpha).get("/deletions/").content.decode()

    assert "Extension: 121 Wei Chen" in text
    assert "Undo: Extension: 121 Wei Chen" in text


@pytest.mark.feature("EXT-10", "TEN-13")
def test_the_page_asks_as_much_for_many_kinds_of_dependants_as_for_one(
    gone: Extension, owner: User, alpha: Tenant, browser_of: Browser
) -> None:
    browser = browser_of(owner, alpha)
    few = queries_of(browser, "/extensions/121/delete/")
    with inside(alpha):
        TeamMember.objects.create(team=Team.objects.create(name="Night"), extension=gone, position=0)
        ConferenceMember.objects.create(room=ConferenceRoom.objects.create(name="Monday", number="790"), extension=gone)

    many = queries_of(browser, "/extensions/121/delete/")

    assert many == few <= 8
    page = browser.get("/extensions/121/delete/").content.decode()
    for name in ("Sales", "Night", "Monday"):
        assert name in page


def queries_of(browser: Client, path: str) -> int:
    """How many queries a page needs that was opened before."""
    browser.get(path)
    with CaptureQueriesContext(connection) as found:
        assert browser.get(path).status_code == 200
    return reads(found)
