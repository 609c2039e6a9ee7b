"""Forms of the pages under /me/."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.forms.sounds import SHAPE, SoundFileField
from portal.core.forms import PortalForm


class DialNumberForm(PortalForm):
    """Whom to call."""

    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=40,
        help_text=gettext_lazy("A colleague's number, or one outside as you would dial it."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    submit_label = gettext_lazy("Call")


class OwnGreetingForm(PortalForm):
    """An own greeting, or the standard one again."""

    file = SoundFileField(label=gettext_lazy("Your greeting"), required=False, help_text=SHAPE)
    standard = forms.BooleanField(
        label=gettext_lazy("Use the standard greeting of the telephone system"), required=False
    )
    submit_label = gettext_lazy("Save greeting")

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        if "file" in facts and bool(facts["file"]) == bool(facts.get("standard")):
            self.add_error("file", _("Choose a file, or tick the standard greeting: one of the two."))
        return facts
