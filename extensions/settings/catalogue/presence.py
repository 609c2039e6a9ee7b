"""Status by schedule, and what colleagues may see (PRS-04, BLF-06)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from extensions.models import StatusKind
from extensions.settings.registry import Setting, register
from extensions.settings.words import choice, one_of, switch, yes_no


class Visibility(models.TextChoices):
    HIDDEN = "hidden", _("Not visible")
    VISIBLE = "visible", _("Visible")
    WITH_CALLER = "with_caller", _("Visible with the caller")


register(
    Setting("presence.follows_schedule", _("Status follows the schedule"), switch, default=False, words=yes_no),
    Setting("presence.when_open", _("Status while open"), one_of(StatusKind), default=StatusKind.AVAILABLE.value,
            words=choice(StatusKind)),
    Setting("presence.when_break", _("Status during breaks"), one_of(StatusKind), default=StatusKind.AWAY.value,
            words=choice(StatusKind)),
    Setting("presence.when_closed", _("Status while closed"), one_of(StatusKind), default=StatusKind.LOGGED_OUT.value,
            words=choice(StatusKind)),
    Setting("monitoring.visibility", _("Colleagues see my calls"), one_of(Visibility),
            default=Visibility.VISIBLE.value, words=choice(Visibility)),
)  # fmt: skip
