"""What is typed when a request is decided."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import PortalForm


class ReasonForm(PortalForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("The contact reads it in the mail."),
        error_messages={"required": _("Say why: the contact is told.")},
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300, "data-behaviour": "counter"}),
    )


class RemarkForm(PortalForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300, "data-behaviour": "counter"}),
    )


class ConfirmForm(PortalForm):
    """Nothing to type: the button is the answer."""
