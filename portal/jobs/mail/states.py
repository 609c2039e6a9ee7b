"""How the states of a mail look."""

from portal.core.chips import Chip, chip_of, set_tones
from portal.jobs.models import Mail, MailState

set_tones({MailState.QUEUED: "queued", MailState.SENT: "good", MailState.FAILED: "failed"})


def mail_chip(mail: Mail) -> Chip:
    """The mail's state with icon and word."""
    return chip_of(MailState(mail.state))
