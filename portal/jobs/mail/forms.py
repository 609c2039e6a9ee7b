"""Editing the text of a mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.forms import PortalForm


class MailTextForm(PortalForm):
    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(
        label=_("Text"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "true"}),
        help_text=_("Plain text with the placeholders listed beside. Addresses become links in the HTML version."),
    )
