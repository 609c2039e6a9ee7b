"""Forms of bulk assignments."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.forms.fields import NameField
from licensing.bulk.limits import MOST_BYTES, MOST_NAME
from licensing.bulk.reading.reader import refuse_size
from licensing.models import BulkMode
from portal.core.errors import DomainError, as_validation_error
from portal.core.forms import PortalForm

ACCEPTED = ".csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TemplateForm(PortalForm):
    """Name and add-ons. `addons` are pairs of code and name; those bought with how many are available."""

    name = NameField(label=gettext_lazy("Name"), max_length=MOST_NAME)
    addons = forms.MultipleChoiceField(
        label=gettext_lazy("Add-on licenses"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Every user of the list gets one of each. A SIM is not among them: it needs each person's mobile number, "
            "which a file does not hold. Give it afterwards, to many at once: Extensions, Change Addons."
        ),
    )

    def __init__(self, *args: Any, addons: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["addons"].choices = addons  # type: ignore[attr-defined]


class NewTemplateForm(TemplateForm):
    submit_label = gettext_lazy("Next")


class FileForm(PortalForm):
    """A file of users; its size is asked before anything of it is read."""

    file = forms.FileField(
        label=gettext_lazy("File of users"),
        help_text=gettext_lazy("CSV or .xlsx, at most 5 MB and 15,000 users."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED, "data-behaviour": "file-size"}),
    )
    submit_label = gettext_lazy("Upload and check")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {
            "data-most": str(MOST_BYTES),
            "data-too-large": _("The file is larger than 5 MB. Divide it into several."),
        }
        self.fields["file"].widget.attrs.update(said)

    def clean_file(self) -> Any:
        """The upload, if it is not too large."""
        file = self.cleaned_data["file"]
        try:
            refuse_size(file.size)
        except DomainError as refusal:
            raise as_validation_error(refusal) from refusal
        return file


class UserForm(PortalForm):
    """One user typed by hand: the same three cells as a row of a file."""

    ext_key = forms.CharField(
        label=gettext_lazy("Ext Key"),
        max_length=40,
        help_text=gettext_lazy("A new one: 3 to 5 digits that are not in use yet."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "mono"}),
    )
    person = forms.CharField(
        label=gettext_lazy("User's Name or Identity UUID"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    number = forms.CharField(
        label=gettext_lazy("Number"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("One of the company's numbers, or empty."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "class": "mono"}),
    )
    submit_label = gettext_lazy("Add user")


class StartForm(PortalForm):
    """How a run treats rows with problems."""

    mode = forms.ChoiceField(
        label=gettext_lazy("If a row cannot be assigned"),
        choices=[
            (BulkMode.ALL.value, gettext_lazy("All or nothing: assign nobody then")),
            (BulkMode.SKIP.value, gettext_lazy("Skip bad rows: assign the others, and report it")),
        ],
        initial=BulkMode.ALL.value,
        widget=forms.RadioSelect,
    )
    submit_label = gettext_lazy("Start the assignment")


class DuplicateForm(PortalForm):
    with_users = forms.BooleanField(label=gettext_lazy("Take the users along"), required=False, initial=True)
    submit_label = gettext_lazy("Duplicate")


class ConfirmForm(PortalForm):
    """Nothing to fill in."""
