"""Which calls may be made, and when (CTL-06, CTL-10)."""

from django.utils.translation import gettext_lazy as _

from extensions.forms.pickers import RuleSetPicker, SchedulePicker
from extensions.settings.registry import INSIDE, Setting, Shape, register
from extensions.settings.words import name_or_none

register(
    Setting("outgoing.rules", _("Rules for outgoing calls"), RuleSetPicker, shape=Shape.RULE_SET, levels=INSIDE,
            words=name_or_none, help=_("Empty: only internal, local, national and mobile calls.")),
    Setting("outgoing.hours", _("Outgoing calls only during"), SchedulePicker, shape=Shape.SCHEDULE, levels=INSIDE,
            words=name_or_none, help=_("Empty: at any time. Emergency calls are always possible.")),
)  # fmt: skip
