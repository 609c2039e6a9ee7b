"""A message is left, the lamp says so, and it is heard from one's own telephone (VM-05)."""

import asyncio
import time
from pathlib import Path

import pytest
from django.utils import timezone

from extensions.models import Mailbox, StatusKind, StatusSource
from extensions.pbx.events import BoxCount
from extensions.pbx.voicemail import look_after_boxes
from extensions.services.presence import Wish, set_status
from extensions.services.voicemail.pin import set_pin
from tests.pbx.sip.sound import loud_seconds, seconds_of
from tests.pbx.sip.stage import Company, Stage
from tests.pbx.sip.telephones import Telephone

pytestmark = [pytest.mark.pbx]


def leave_message(stage: Stage, company: Company, number: str, caller: Telephone, seconds: float) -> None:
    """Call somebody who does not want to be disturbed, and speak after the tone."""
    caller.dial(number).talks()
    box = Path(stage.pbx.spool_folder) / "voicemail" / company.slug / str(company.extension(number).mailbox.pk)
    stage.ears.until(lambda: pressed(caller, box), "recording", 15)  # past the greeting
    time.sleep(seconds)
    caller.hang_up()


def pressed(caller: Telephone, box: Path) -> bool:
    if list(box.rglob("tmp/*")):
        return True
    caller.keys("#")
    time.sleep(0.4)
    return False


@pytest.mark.feature("CTL-03")
def test_a_message_lights_the_lamp_until_it_is_heard(stage: Stage, alpha: Company) -> None:
    one = alpha.extension("108")
    alpha.say("108", voicemail__instructions=False)
    with alpha.pages() as by:
        set_status(extension=one, wish=Wish(StatusKind.DND), source=StatusSource.MANAGER, by=by, at=timezone.now())
    stage.bring()

    with stage.watcher(alpha, "108") as phone:
        phone.register()
        with stage.voice(alpha, "107") as caller:
            leave_message(stage, alpha, "108", caller, 3.0)
            stage.ears.told(BoxCount, tenant="t2", box=one.mailbox.pk, new=1, old=0)
        phone.message_waits(True)
        assert stage.ears.action("MailboxCount", Mailbox=f"{one.mailbox.pk}@t2").get("NewMessages") == "1"
        assert not phone.invites

        with stage.voice(alpha, "108") as listener:
            listener.dial("*97").talks()
            time.sleep(0.7)
            listener.keys("1")
            stage.ears.until(lambda: seconds_of(listener.heard, caller.hz) > 1.0, "the message", 20)
            listener.keys("7").hang_up()
        phone.message_waits(False)

    stage.ears.until(lambda: stage.ears.all_told(BoxCount, new=0), "nothing waits")


@pytest.mark.feature("VM-06")
def test_callers_hear_that_a_box_is_full(stage: Stage, alpha: Company) -> None:
    one = alpha.extension("108")
    with alpha.pages() as by:
        set_status(extension=one, wish=Wish(StatusKind.DND), source=StatusSource.MANAGER, by=by, at=timezone.now())
    stage.bring()
    asyncio.run(stage.driver.close_boxes("t2", {one.mailbox.pk: True}))
    box = Path(stage.pbx.spool_folder) / "voicemail" / "t2" / str(one.mailbox.pk)
    before = set(box.rglob("msg*"))

    with stage.voice(alpha, "107") as caller:
        caller.dial("108")
        stage.ears.raw("Cdr", Destination="full_box")
        caller.ends()
        heard = loud_seconds(caller.heard)

    assert heard > 1.0
    assert set(box.rglob("msg*")) == before


@pytest.mark.feature("VM-02")
def test_a_pin_chosen_on_the_telephone_is_the_one_of_the_page_until_a_page_sets_another(
    stage: Stage, alpha: Company
) -> None:
    box = alpha.extension("108").mailbox
    with alpha.pages() as by:
        set_pin(mailbox=box, pin="2580", by=by)
    stage.bring()

    with stage.voice(alpha, "108") as phone:
        phone.dial("*97").talks()
        time.sleep(1.0)
        for keys in ("0", "5", "7391#", "7391#"):
            phone.keys(keys)
            time.sleep(1.5)
        secret = Path(stage.pbx.spool_folder) / "voicemail" / "t2" / str(box.pk) / "secret.conf"
        stage.ears.until(secret.exists, "PIN kept", 10)
        phone.hang_up()
    stage.ears.told(BoxCount, tenant="t2", box=box.pk)
    look_after_boxes(tenant=alpha.tenant, box=box.pk, at=timezone.now())
    with alpha.pages():
        learnt = Mailbox.objects.get(pk=box.pk).pin
    stage.bring()
    after_learning = secret.exists()
    secret.write_text("[general]\npassword = 1111\n")  # somebody changes it again, before a page does
    with alpha.pages() as by:
        set_pin(mailbox=box, pin="8642", by=by)
    stage.bring()

    assert (learnt, after_learning, secret.exists()) == ("7391", False, False)
    assert f"{box.pk} => 8642," in (Path(stage.pbx.config_folder) / "tenants" / "t2" / "voicemail.conf").read_text()
