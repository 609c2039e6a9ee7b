"""What is asked about voicemail messages (VM-05)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import PortalForm


class ForwardForm(PortalForm):
    number = forms.CharField(
        label=_("To the box of"),
        max_length=6,
        help_text=_("The number of an extension, or of a shared voicemail box."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "mono"}),
    )
    submit_label = _("Forward")


class NothingToFill(PortalForm):
    """A question that is answered by its button alone."""
