"""Company and team settings of voicemail, who may do what, and deleting a box."""

from collections.abc import Callable

import pytest
from django.test import Client

from extensions.models import Mailbox, Team
from extensions.services.deletion import delete_object
from portal.accounts.models import User
from portal.permissions import Perm
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON

Browser = Callable[[User | None, Tenant], Client]


@pytest.mark.feature("VM-06")
@pytest.mark.parametrize(("minutes", "status"), [("120", 302), ("0", 422), ("601", 422)])
def test_the_company_page_sets_retention_and_room(
    browser_of: Browser, alpha: Tenant, owner: User, minutes: str, status: int
) -> None:
    typed = {
        "voicemail.enabled": "on", "voicemail.mail": "notice", "voicemail.instructions": "on",
        "voicemail.ring_seconds": "25", "voicemail.retention_days": "30", "voicemail.box_minutes": minutes,
    }  # fmt: skip

    browser = browser_of(owner, alpha)

    assert browser.post("/settings/voicemail/", typed).status_code == status
    if status == 302:
        assert "Messages are kept for 30 days" in browser.get("/voicemail/").content.decode()


@pytest.mark.feature("VM-03")
def test_a_teams_page_sets_what_its_extensions_inherit(browser_of: Browser, alpha: Tenant, owner: User) -> None:
    with inside(alpha):
        team = Team.objects.create(name="Sales")
    browser = browser_of(owner, alpha)

    page = browser.get(f"/teams/{team.pk}/voicemail/").content.decode()

    assert "Voicemail of team Sales" in page
    assert "voicemail.retention_days" not in page
    assert browser.get("/teams/999999/voicemail/").status_code == 404


@pytest.mark.feature("ROL-07")
def test_who_may_do_what(
    browser_of: Browser, alpha: Tenant, beta: Tenant, manager: User, agent: User, stranger: User, orders: Mailbox
) -> None:
    verbs = ("edit/", "greeting/", "pin/")

    assert browser_of(agent, alpha).get("/voicemail/").status_code == 403
    assert browser_of(manager, alpha).get(f"/voicemail/{orders.pk}/").status_code == 200
    assert {browser_of(manager, alpha).get(f"/voicemail/{orders.pk}/{verb}").status_code for verb in verbs} == {403}
    assert {browser_of(stranger, beta).get(f"/voicemail/{orders.pk}/{verb}").status_code for verb in verbs} == {404}
    assert "Set a PIN here" not in browser_of(manager, alpha).get(f"/voicemail/{orders.pk}/").content.decode()


@pytest.mark.feature("VM-01", "TEN-13", "UXP-07")
def test_a_shared_box_is_deleted_after_a_look_and_the_box_of_an_extension_is_not(
    browser_of: Browser, alpha: Tenant, owner: User, orders: Mailbox
) -> None:
    browser = browser_of(owner, alpha)
    with inside(alpha):
        own = Mailbox.objects.get(extension__number="101")

    assert "500 Orders" in browser.get(f"/voicemail/{orders.pk}/delete/").content.decode()
    assert browser.get(f"/voicemail/{own.pk}/delete/").status_code == 404
    with inside(alpha):
        delete_object(orders, by=owner, at=NOON)
        assert not Mailbox.objects.filter(extension=None).exists()


@pytest.mark.feature("VM-04", "SEC-07")
def test_who_may_not_upload_chooses_among_what_is_there(
    browser_of: Browser, alpha: Tenant, owner: User, orders: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    may = User.may
    monkeypatch.setattr(User, "may", lambda user, perm: perm is not Perm.AUDIO_CREATE and may(user, perm))

    page = browser_of(owner, alpha).get(f"/voicemail/{orders.pk}/greeting/").content.decode()

    assert 'name="greeting"' in page
    assert 'name="file"' not in page
