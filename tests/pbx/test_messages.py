"""Voicemail messages on a real Asterisk: listed, heard, marked, forwarded, deleted; lamps follow (VM-05)."""

from datetime import timedelta
from pathlib import Path

import pytest

from extensions.models import Mailbox
from extensions.pbx.driver import PbxAway, PbxFault
from extensions.pbx.messages import Folder
from extensions.services.voicemail.boxes import create_shared_mailbox
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Pbx, Tenant
from tests.pbx.lab import NOW, bring, driver, lamp, leave, wait

pytestmark = [pytest.mark.django_db, pytest.mark.pbx]


@pytest.fixture
def boxes(lab: Pbx, alpha: Tenant, owner: User) -> tuple[Mailbox, Mailbox]:
    """Two shared boxes that the PBX knows."""
    with inside(alpha):
        made = [create_shared_mailbox(number=number, name=number, email="", by=owner) for number in ("790", "791")]
    bring(alpha)
    return made[0], made[1]


def listed(lab: Pbx, box: Mailbox) -> dict[str, Folder]:
    return {one.id: one.folder for one in wait(driver(lab).messages("t2", [box.pk]))}


@pytest.mark.feature("VM-05")
def test_the_list_tells_caller_date_length_and_whether_it_was_read(lab: Pbx, boxes: tuple[Mailbox, Mailbox]) -> None:
    orders, _other = boxes
    leave(lab, orders, "1-a", seconds=3, at=NOW)
    leave(lab, orders, "1-b", folder="Old", at=NOW + timedelta(hours=1), caller="Unknown")
    leave(lab, orders, "1-c", at=NOW - timedelta(hours=1), caller="<101>")

    found = wait(driver(lab).messages("t2", [orders.pk]))

    assert [(one.id, one.folder, one.caller, one.caller_name) for one in found] == [
        ("1-b", Folder.READ, "", ""),
        ("1-a", Folder.NEW, "+12025550143", "Dana"),
        ("1-c", Folder.NEW, "101", ""),
    ]
    assert (found[1].at, found[1].seconds, found[1].box) == (NOW, 3, orders.pk)
    assert wait(driver(lab).messages("t2")) == found
    assert wait(driver(lab).messages("t3")) == []


@pytest.mark.feature("VM-05")
def test_a_message_is_heard_whole(lab: Pbx, boxes: tuple[Mailbox, Mailbox]) -> None:
    orders, other = boxes
    sound = leave(lab, orders, "1-a", seconds=3)

    assert wait(driver(lab).message_audio("t2", orders.pk, "1-a")) == sound
    assert wait(driver(lab).message_audio("t2", other.pk, "1-a")) is None
    assert wait(driver(lab).message_audio("t3", orders.pk, "1-a")) is None
    assert wait(driver(lab).message_audio("t2", orders.pk, "../../1-a")) is None


@pytest.mark.feature("VM-05")
def test_the_lamp_follows_marking(lab: Pbx, boxes: tuple[Mailbox, Mailbox]) -> None:
    orders, _other = boxes
    leave(lab, orders, "1-a")
    leave(lab, orders, "1-b")

    assert wait(driver(lab).move_messages("t2", orders.pk, ["1-a"], Folder.READ)) == 1
    assert (listed(lab, orders)["1-a"], lamp(lab, orders)) == (Folder.READ, (1, 1))
    assert wait(driver(lab).move_messages("t2", orders.pk, ["1-a", "1-b"], Folder.READ)) == 2
    assert lamp(lab, orders) == (0, 2)
    assert wait(driver(lab).move_messages("t2", orders.pk, ["1-a"], Folder.NEW)) == 1
    assert lamp(lab, orders) == (1, 1)


@pytest.mark.feature("VM-05")
def test_what_is_deleted_can_be_got_back_until_it_is_gone_for_good(lab: Pbx, boxes: tuple[Mailbox, Mailbox]) -> None:
    orders, _other = boxes
    sound = leave(lab, orders, "1-a")
    leave(lab, orders, "1-b")
    of = driver(lab)

    wait(of.move_messages("t2", orders.pk, ["1-a"], Folder.DELETED))
    assert (listed(lab, orders)["1-a"], lamp(lab, orders)) == (Folder.DELETED, (1, 0))
    wait(of.move_messages("t2", orders.pk, ["1-a"], Folder.READ))
    assert wait(of.message_audio("t2", orders.pk, "1-a")) == sound
    assert wait(of.remove_messages("t2", orders.pk, ["1-a"])) == 1

    assert listed(lab, orders) == {"1-b": Folder.NEW}
    assert wait(of.remove_messages("t2", orders.pk, ["1-a"])) == 0


@pytest.mark.feature("VM-05")
def test_a_forwarded_message_is_a_new_one_in_the_other_box(lab: Pbx, boxes: tuple[Mailbox, Mailbox]) -> None:
    orders, other = boxes
    sound = leave(lab, orders, "1-a", folder="Old")

    assert wait(driver(lab).forward_messages("t2", orders.pk, ["1-a"], other.pk)) == 1

    copies = wait(driver(lab).messages("t2", [other.pk]))
    assert [(one.folder, one.caller) for one in copies] == [(Folder.NEW, "+12025550143")]
    assert wait(driver(lab).message_audio("t2", other.pk, copies[0].id)) == sound
    assert (lamp(lab, other), listed(lab, orders)) == ((1, 0), {"1-a": Folder.READ})


def test_messages_can_be_heard_while_the_pbx_is_away_and_not_changed(lab: Pbx, boxes: tuple[Mailbox, Mailbox]) -> None:
    orders, _other = boxes
    sound = leave(lab, orders, "1-a")
    lab.ami_port = 1

    assert wait(driver(lab).message_audio("t2", orders.pk, "1-a")) == sound
    with pytest.raises(PbxAway):
        wait(driver(lab).move_messages("t2", orders.pk, ["1-a"], Folder.READ))


def test_a_spool_that_is_not_there_is_a_pbx_that_is_away(lab: Pbx, boxes: tuple[Mailbox, Mailbox]) -> None:
    lab.spool_folder = str(Path(lab.spool_folder) / "gone" / "away")

    with pytest.raises(PbxAway):
        wait(driver(lab).messages("t2"))


def test_a_change_that_is_refused_is_a_fault(lab: Pbx, boxes: tuple[Mailbox, Mailbox]) -> None:
    orders, _other = boxes
    leave(lab, orders, "1-a")

    with pytest.raises(PbxFault):
        wait(driver(lab).forward_messages("t2", orders.pk, ["1-a"], 999_999))
