"""A message is left, the lamp says so, and it is heard from one's own telephone (VM-05)."""

import time
from pathlib import Path

import pytest
from django.utils import timezone

from extensions.models import StatusKind, StatusSource
from extensions.pbx.events import BoxCount
from extensions.services.presence import Wish, set_status
from tests.pbx.sip.sound import seconds_of
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
