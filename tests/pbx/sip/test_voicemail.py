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

pytestmark = [pytest.mark.pbx]


def leave_message(stage: Stage, company: Company, number: str, seconds: float) -> None:
    """101 calls somebody who does not want to be disturbed, and speaks after the tone."""
    caller = company.phone("101").dial(number)
    caller.talks()
    box = Path(stage.pbx.spool_folder) / "voicemail" / company.slug / str(company.extension(number).mailbox.pk)
    time.sleep(0.5)
    caller.keys("#")  # past the greeting
    stage.ears.until(lambda: list(box.rglob("tmp/*")), "recording", 10)
    time.sleep(seconds)
    caller.hang_up()


@pytest.mark.feature("VM-05", "CTL-03")
def test_a_message_lights_the_lamp_until_it_is_heard(stage: Stage, alpha: Company) -> None:
    one = alpha.extension("102")
    alpha.say("102", voicemail__instructions=False)
    with alpha.pages() as by:
        set_status(extension=one, wish=Wish(StatusKind.DND), source=StatusSource.MANAGER, by=by, at=timezone.now())
    stage.bring()

    with stage.watcher(alpha, "102") as phone:
        phone.register()
        leave_message(stage, alpha, "102", 3.0)
        counted = stage.ears.told(BoxCount, tenant="t2", box=one.mailbox.pk, new=1)
        phone.message_waits(True)
        assert stage.ears.action("MailboxCount", Mailbox=f"{one.mailbox.pk}@t2").get("NewMessages") == "1"
        assert not alpha.phone("102").has_met("CALL_INCOMING")

        listener = alpha.phone("102").dial("*97")
        listener.talks()
        time.sleep(1.0)
        listener.keys("1")
        stage.ears.until(lambda: seconds_of(listener.heard, alpha.phone("101").hz) > 1.0, "the message", 20)
        listener.keys("7")
        listener.hang_up()
        phone.message_waits(False)

    assert counted.old == 0
    stage.ears.until(lambda: stage.ears.all_told(BoxCount, new=0), "nothing waits")
