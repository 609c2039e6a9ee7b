"""Where calls to the main number go; which calls may be made, and when (CTL-06, CTL-10)."""

from django.utils.translation import gettext_lazy as _

from extensions.forms.pickers import DestinationField, RuleSetPicker, SchedulePicker
from extensions.models import DestinationKind, Level
from extensions.settings.registry import INSIDE, Setting, Shape, register
from extensions.settings.words import name_or_none

MAIN_NUMBER = "inbound.main"


def _anywhere_inside() -> DestinationField:
    return DestinationField(
        kinds=[kind for kind in DestinationKind if kind is not DestinationKind.VOICEMAIL],
        empty_label=_("Nowhere: the call is refused"),
    )


register(
    Setting(MAIN_NUMBER, _("Calls to the main number"), _anywhere_inside, shape=Shape.DESTINATION, words=name_or_none,
            levels=frozenset({Level.TEMPLATE, Level.TENANT}), lockable=False,
            help=_("Where somebody comes who dials your main number.")),
    Setting("outgoing.rules", _("Rules for outgoing calls"), RuleSetPicker, shape=Shape.RULE_SET, levels=INSIDE,
            words=name_or_none, help=_("Empty: only internal, local, national and mobile calls.")),
    Setting("outgoing.hours", _("Outgoing calls only during"), SchedulePicker, shape=Shape.SCHEDULE, levels=INSIDE,
            words=name_or_none, help=_("Empty: at any time. Emergency calls are always possible.")),
)  # fmt: skip
