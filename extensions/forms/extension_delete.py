"""What is asked before an extension goes (EXT-10)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.forms.deletion import DeleteForm
from extensions.forms.fields import ExtensionNumberField, NameField
from extensions.services.delete import KeptBox


class DeleteExtensionForm(DeleteForm):
    keep_box = forms.BooleanField(
        label=gettext_lazy("Keep the voicemail box as a shared box"),
        required=False,
        help_text=gettext_lazy("Its messages stay; it gets a number and a name of its own."),
    )
    box_number = ExtensionNumberField(required=False)
    box_name = NameField(label=gettext_lazy("Name of the shared box"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["box_number"].label = _("Number of the shared box")
        self.fields["box_number"].help_text = ""

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if facts.get("keep_box"):
            for name in ("box_number", "box_name"):
                if not facts.get(name) and name not in self.errors:
                    self.add_error(name, _("A shared voicemail box needs this."))
        return facts

    def kept_box(self) -> KeptBox | None:
        """The shared box that stays, or None."""
        facts = self.cleaned_data
        return KeptBox(facts["box_number"], facts["box_name"]) if facts["keep_box"] else None
