"""Recording of calls (CTL-07). Playing recordings is a permission of its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from extensions.settings.registry import COMPANY_ONLY, Setting, register
from extensions.settings.words import choice, days, number, one_of, switch, yes_no


class RecordingMode(models.TextChoices):
    OFF = "off", _("Off")
    ON_DEMAND = "on_demand", _("On demand")
    ALWAYS = "always", _("Always")


register(
    Setting("recording.incoming", _("Record incoming calls"), one_of(RecordingMode), default=RecordingMode.OFF.value,
            words=choice(RecordingMode)),
    Setting("recording.outgoing", _("Record outgoing calls"), one_of(RecordingMode), default=RecordingMode.OFF.value,
            words=choice(RecordingMode)),
    Setting("recording.announce", _("Tell callers that they are recorded"), switch, default=True, words=yes_no,
            help=_("Many countries demand it.")),
    Setting("recording.retention_days", _("Keep recordings for days"), number(1, 3650), default=90, words=days,
            levels=COMPANY_ONLY),
)  # fmt: skip
