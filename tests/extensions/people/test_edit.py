"""Number and names: what follows the extension, and what is refused (EXT-04 to EXT-06, UXP-05)."""

from collections.abc import Callable

import pytest
from django.test import Client

from extensions.models import Extension, Key, KeyKind, KeyPanel, Mailbox, Phone, SpeedDial, Team, TeamMember
from extensions.services.edit import NameTooLong, edit_extension
from portal.accounts.models import User
from tenants.models import Tenant
from tests.extensions.conftest import NOON

Create = Callable[..., Extension]
Browser = Callable[[User | None, Tenant], Client]


def facts(**changes: str) -> dict[str, str]:
    return {"number": "121", "directory_name": "Wei Chen", "first_name": "Wei", "last_name": "Chen", **changes}


@pytest.mark.feature("EXT-05")
def test_the_service_refuses_101_characters(create: Create, owner: User) -> None:
    with pytest.raises(NameTooLong) as refusal:
        edit_extension(extension=create("121"), by=owner, mobile="", **facts(directory_name="x" * 101))

    assert refusal.value.field == "directory_name"


@pytest.mark.feature("EXT-05")
def test_the_page_refuses_101_characters_and_keeps_them(
    create: Create, owner: User, alpha: Tenant, browser_of: Browser
) -> None:
    create("121")
    browser = browser_of(owner, alpha)

    page = browser.post("/extensions/121/edit/", facts(directory_name="x" * 101))

    text = page.content.decode()
    assert page.status_code == 422
    assert "this one has 1 too many" in text
    assert f'value="{"x" * 101}"' in text
    assert 'data-limit="100"' in text
    assert "maxlength" not in text.split('name="directory_name"')[1].split(">")[0]
    assert browser.post("/extensions/121/edit/", facts(directory_name="x" * 100)).status_code == 302


@pytest.mark.feature("EXT-06")
def test_everything_follows_the_extension_to_its_new_number(create: Create, owner: User) -> None:
    extension, other = create("121", email="wei@alpha.example"), create("122")
    team = Team.objects.create(name="Sales")
    member = TeamMember.objects.create(team=team, extension=extension, position=0)
    panel = KeyPanel.objects.create(extension=other)
    lamp = Key.objects.create(panel=panel, position=0, kind=KeyKind.PRESENCE, extension=extension)
    dialled = Key.objects.create(panel=panel, position=1, kind=KeyKind.CUSTOM_DIAL, number="121")
    speed_dial = SpeedDial.objects.create(code="*1", label="Wei", number="121")
    box, secret, person = Mailbox.objects.get(extension=extension), extension.sip_password, extension.user_id

    changed = edit_extension(extension=extension, by=owner, mobile="", **facts(number="2121"))

    assert (changed.pk, changed.sip_password, changed.user_id) == (extension.pk, secret, person)
    assert Mailbox.objects.get(extension=changed) == box
    assert TeamMember.objects.get(extension=changed) == member
    assert Key.objects.get(extension=changed) == lamp
    for row in (dialled, speed_dial):
        row.refresh_from_db()
        assert row.number == "2121"


@pytest.mark.feature("EXT-06")
def test_telephones_that_must_fetch_their_configuration_again_are_named(
    create: Create, owner: User, alpha: Tenant, browser_of: Browser
) -> None:
    extension, other = create("121"), create("122")
    Phone.objects.create(mac="aabbccddee01", model="x", extension=extension, created_at=NOON)
    Phone.objects.create(mac="aabbccddee02", model="x", extension=other, created_at=NOON)
    Phone.objects.create(mac="aabbccddee03", model="x", created_at=NOON)
    panel = KeyPanel.objects.create(extension=other)
    Key.objects.create(panel=panel, position=0, kind=KeyKind.PRESENCE, extension=extension)

    page = browser_of(owner, alpha).post("/extensions/121/edit/", facts(number="2121"), follow=True)

    told = "2 telephones must fetch their configuration again: AA:BB:CC:DD:EE:01, AA:BB:CC:DD:EE:02."
    assert told in page.content.decode()


@pytest.mark.feature("UXP-05")
def test_two_people_at_once_see_both_versions(create: Create, owner: User, alpha: Tenant, browser_of: Browser) -> None:
    extension = create("121")
    edit_extension(extension=extension, by=owner, mobile="", **facts(directory_name="Wei at the desk"))

    page = browser_of(owner, alpha).post("/extensions/121/edit/", {**facts(directory_name="Wei C."), "version": "1"})

    assert page.status_code == 409
    assert "Wei at the desk" in page.content.decode()


@pytest.mark.feature("EXT-04")
def test_an_extension_offers_exactly_its_actions(
    create: Create, owner: User, alpha: Tenant, browser_of: Browser
) -> None:
    create("121")

    text = browser_of(owner, alpha).get("/extensions/121/").content.decode()

    menu = text.split('id="extension-actions"')[1].split("</details>")[0]
    words = ["Edit Extension Number & Directory Name", "Change User", "Change Addons", "Change Number", "Delete"]
    assert [word for word in words if word in menu] == words
    assert menu.count("menu-item") == len(words)


@pytest.mark.feature("EXT-11")
def test_an_administrator_changes_the_address_and_nobody_else(
    create: Create, owner: User, agent: User, alpha: Tenant, browser_of: Browser
) -> None:
    create("121", email="wei@alpha.example")

    sent = browser_of(owner, alpha).post("/extensions/121/edit/", facts(email="Wei.Chen@alpha.example"))

    assert sent.status_code == 302
    shown = browser_of(owner, alpha).get("/extensions/121/").content.decode()
    assert "wei.chen@alpha.example" in shown
    assert browser_of(agent, alpha).post("/extensions/121/edit/", facts(email="x@y.example")).status_code == 403


@pytest.mark.feature("EXT-11")
def test_neither_username_nor_password_can_be_typed(
    create: Create, owner: User, alpha: Tenant, browser_of: Browser
) -> None:
    before = create("121")

    browser_of(owner, alpha).post("/extensions/121/edit/", facts(sip_username="mine", sip_password="mine"))

    with_number = browser_of(owner, alpha).get("/extensions/121/").content.decode()
    assert before.sip_username in with_number
    assert before.sip_password not in with_number
