"""The form about one feature code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import PortalForm


class FeatureCodeForm(PortalForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=5,
        help_text=_("A star and 1 to 4 digits, for example *72, or two stars."),
        widget=forms.TextInput(attrs={"class": "mono", "autocomplete": "off"}),
    )
    enabled = forms.BooleanField(
        label=_("In use"), required=False, help_text=_("Switched off, dialling the code does nothing.")
    )
    submit_label = _("Save code")
