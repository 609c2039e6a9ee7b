"""What other people see: outgoing number, emergency number and place (CTL-08, EXT-16)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from extensions.forms.pickers import OwnNumberField
from extensions.settings.registry import EVERYWHERE, INSIDE, Setting, register
from extensions.settings.words import name_or_none, switch, yes_no


def _place() -> forms.CharField:
    return forms.CharField(max_length=200, required=False)


register(
    Setting("caller_id.number", _("Number shown to others"), OwnNumberField, default="", words=name_or_none,
            levels=INSIDE, help=_("One of your own numbers. Empty: the company's main number.")),
    Setting("caller_id.withheld", _("Withhold the number"), switch, default=False, words=yes_no, levels=EVERYWHERE),
    Setting("emergency.number", _("Number shown in emergency calls"), OwnNumberField, default="", words=name_or_none,
            levels=INSIDE, help=_("Where helpers can call back. Empty: the company's main number.")),
    Setting("emergency.place", _("Place told in emergency calls"), _place, default="", words=name_or_none,
            levels=INSIDE, help=_("Street, building, floor: where helpers must go.")),
)  # fmt: skip
