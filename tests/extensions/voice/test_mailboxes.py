"""Boxes of extensions, shared boxes, greetings (VM-01, VM-03, VM-04, VM-06)."""

from collections.abc import Callable

import pytest

from extensions.models import AudioFile, AudioPurpose, Configuration, Extension, Mailbox, Team
from extensions.services.audio.keep import sound_bytes
from extensions.services.destinations import DestinationKind, find_target
from extensions.services.numbers import EmergencyNumber, NumberTaken
from extensions.services.settings import change_settings
from extensions.services.voicemail.boxes import (
    create_shared_mailbox,
    edit_shared_mailbox,
    ensure_mailbox,
    ensure_mailboxes,
    report_use,
)
from extensions.services.voicemail.greeting import set_greeting
from extensions.services.voicemail.selectors import BoxStates, limits, mailboxes, mailboxes_within
from extensions.services.voicemail.settings import (
    WouldLoseMessages,
    change_voicemail_settings,
    deletes_after_mailing,
)
from extensions.settings.subjects import COMPANY, Subject
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.core.errors import ManagementInstance
from portal.core.versions import ChangedMeanwhile
from tenants.models import Tenant
from tests.extensions.conftest import NOON
from tests.extensions.voice.sounds import mp3, upload

Create = Callable[..., Extension]
MAIL, DELETE = "voicemail.mail", "voicemail.delete_after_mailing"


@pytest.fixture
def orders(inside_alpha: Tenant, owner: User) -> Mailbox:
    return create_shared_mailbox(number="500", name="Orders", email="Orders@Alpha.example", by=owner)


@pytest.mark.feature("VM-01")
def test_an_extension_has_a_box_from_its_first_moment(create: Create) -> None:
    extension = create("102")

    assert extension.mailbox.greeting is None
    assert ensure_mailbox(extension) == extension.mailbox
    assert Mailbox.objects.filter(extension=extension).count() == 1


@pytest.mark.feature("VM-01")
def test_many_extensions_get_their_boxes_by_set_and_each_stands_in_the_log(inside_alpha: Tenant) -> None:
    Extension.objects.bulk_create(
        Extension(number=str(n), directory_name=f"Desk {n}", sip_username=f"desk{n}", created_at=NOON)
        for n in range(200, 230)
    )
    ensure_mailbox(Extension.objects.get(number="101"))
    before = LogEntry.objects.count()

    assert ensure_mailboxes() == 30
    assert ensure_mailboxes() == 0
    assert LogEntry.objects.count() == before + 30


@pytest.mark.feature("VM-01")
def test_a_shared_box_has_a_number_of_its_own_and_can_be_a_destination(orders: Mailbox) -> None:
    target = find_target(DestinationKind.MAILBOX, "500", field="")

    assert target.object == orders
    assert (orders.is_shared, orders.email, str(orders)) == (True, "orders@alpha.example", "500 Orders")


@pytest.mark.feature("VM-01", "TEN-06")
@pytest.mark.parametrize(("number", "refusal"), [("101", NumberTaken), ("500", NumberTaken), ("995", EmergencyNumber)])
def test_its_number_collides_with_nothing(orders: Mailbox, owner: User, number: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        create_shared_mailbox(number=number, name="Second", email="", by=owner)


@pytest.mark.feature("VM-01")
def test_a_shared_box_is_edited_and_raises_the_configuration(orders: Mailbox, owner: User) -> None:
    before = Configuration.objects.get().version

    edit_shared_mailbox(mailbox=orders, number="501", name="Sales", email="", version=1, by=owner)

    assert str(Mailbox.objects.get(pk=orders.pk)) == "501 Sales"
    assert Configuration.objects.get().version == before + 1
    with pytest.raises(ChangedMeanwhile):
        edit_shared_mailbox(mailbox=orders, number="502", name="Late", email="", version=1, by=owner)


@pytest.mark.feature("VM-01")
def test_the_management_instance_has_no_boxes(owner: User) -> None:
    with pytest.raises(ManagementInstance):
        create_shared_mailbox(number="500", name="Orders", email="", by=owner)


@pytest.mark.feature("VM-01", "VM-03")
def test_a_box_is_switched_off_and_mails_as_its_team_says(create: Create, orders: Mailbox, owner: User) -> None:
    team = Team.objects.create(name="Sales")
    extension = create("102")
    Extension.objects.filter(pk=extension.pk).update(home_team=team)
    change_settings(subject=Subject(team=team), values={MAIL: "audio", DELETE: True}, by=owner)
    change_settings(subject=Subject(extension=extension), values={"voicemail.enabled": False}, by=owner)

    boxes = {box.dial: box for box in mailboxes()}
    states = BoxStates(boxes.values())

    assert (states.of(boxes["102"]).enabled, states.of(boxes["102"]).mail.value) == (False, "audio")
    assert states.of(boxes["102"]).deletes
    assert (states.of(boxes["500"]).enabled, states.of(boxes["500"]).mail.value) == (True, "notice")


@pytest.mark.feature("VM-03")
@pytest.mark.parametrize("mail", ["none", "notice"])
def test_delete_after_mailing_needs_the_sound_in_the_mail(inside_alpha: Tenant, owner: User, mail: str) -> None:
    with pytest.raises(WouldLoseMessages) as refusal:
        change_voicemail_settings(subject=COMPANY, values={MAIL: mail, DELETE: True}, by=owner)

    assert refusal.value.field == DELETE
    assert not deletes_after_mailing(mail, True)
    change_voicemail_settings(subject=COMPANY, values={MAIL: "audio", DELETE: True}, by=owner)
    with pytest.raises(WouldLoseMessages):
        change_voicemail_settings(subject=Subject(extension=Extension.objects.get()), values={MAIL: mail}, by=owner)


@pytest.mark.feature("VM-04")
def test_a_greeting_is_uploaded_chosen_and_taken_back(orders: Mailbox, owner: User) -> None:
    one = set_greeting(mailbox=orders, greeting=None, file=upload(mp3()), version=1, by=owner, at=NOON)
    two = ensure_mailbox(Extension.objects.get(number="101"))

    assert (one.greeting.name, one.greeting.purpose) == ("500 Orders", AudioPurpose.GREETING)
    assert sound_bytes(one.greeting) == mp3()
    set_greeting(mailbox=two, greeting=one.greeting, file=None, version=None, by=owner, at=NOON)
    back = set_greeting(mailbox=orders, greeting=None, file=None, version=2, by=owner, at=NOON)
    assert back.greeting is None
    assert AudioFile.objects.count() == 1
    with pytest.raises(ChangedMeanwhile):
        set_greeting(mailbox=orders, greeting=None, file=None, version=2, by=owner, at=NOON)


@pytest.mark.feature("VM-06")
def test_room_and_retention_hold_for_the_company_and_a_full_box_is_found(orders: Mailbox, owner: User) -> None:
    assert (limits().retention_days, limits().box_minutes) == (90, 60)
    change_settings(subject=COMPANY, values={"voicemail.retention_days": 30, "voicemail.box_minutes": 2}, by=owner)
    assert not limits().is_full(orders)

    report_use(mailbox=orders, seconds=120, messages=4, at=NOON)

    assert limits().is_full(Mailbox.objects.get(pk=orders.pk))


@pytest.mark.feature("VM-01", "ROL-08")
def test_who_is_limited_to_teams_changes_boxes_of_their_members_only(
    orders: Mailbox, owner: User, manager: User
) -> None:
    assert set(mailboxes_within(owner)) == set(Mailbox.objects.all())
    assert not mailboxes_within(manager).exists()
