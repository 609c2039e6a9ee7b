"""One speed dial (SPD-01)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from extensions.forms.fields import NameField
from portal.core.forms import PortalForm


class SpeedDialForm(PortalForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=5,
        help_text=_("*0 to *99. The star may be left out."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "mono"}),
    )
    label = NameField(label=_("Label"), max_length=60)
    number = forms.CharField(
        label=_("Number"),
        max_length=30,
        help_text=_("An outside number with country code, or as it is dialled in your country; or a number inside."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    submit_label = _("Save speed dial")
