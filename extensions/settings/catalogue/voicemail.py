"""How voicemail boxes work (VM-01 to VM-04, VM-06)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from extensions.settings.registry import COMPANY_ONLY, Setting, register
from extensions.settings.words import choice, days, number, one_of, switch, yes_no


class MailMode(models.TextChoices):
    NONE = "none", _("No e-mail")
    NOTICE = "notice", _("Notice only")
    AUDIO = "audio", _("Message attached as sound")


register(
    Setting("voicemail.enabled", _("Voicemail box"), switch, default=True, words=yes_no,
            help=_("Switched off, callers who would reach the box hear that nobody is there.")),
    Setting("voicemail.mail", _("E-mail for new messages"), one_of(MailMode), default=MailMode.NOTICE.value,
            words=choice(MailMode)),
    Setting("voicemail.delete_after_mailing", _("Delete after mailing"), switch, default=False, words=yes_no,
            help=_("Only together with the message as sound: otherwise it would be lost.")),
    Setting("voicemail.instructions", _("Play recording instructions"), switch, default=True, words=yes_no),
    Setting("voicemail.ring_seconds", _("Seconds until voicemail answers"), number(5, 120), default=25),
    Setting("voicemail.retention_days", _("Keep messages for days"), number(0, 3650), default=90, words=days,
            levels=COMPANY_ONLY, help=_("0 keeps them until somebody deletes them.")),
    Setting("voicemail.box_minutes", _("Room of a box in minutes"), number(1, 600), default=60, levels=COMPANY_ONLY,
            help=_("A full box takes no more messages and is reported.")),
)  # fmt: skip
