"""Creating, editing, cloning an extension, and giving it to somebody else."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from extensions.forms.fields import DirectoryNameField, ExtensionNumberField, MobileField, NameField
from extensions.services.create import faults_of
from extensions.services.range import MOST
from extensions.services.reassign import unassigned_users
from portal.accounts.models import User
from portal.core.forms import PortalForm

SHOWN_USERS = 50


class CreateExtensionForm(PortalForm):
    number = ExtensionNumberField()
    first_name = NameField(label=_("First name"), max_length=50)
    last_name = NameField(label=_("Last name"), max_length=50, required=False)
    email = forms.EmailField(
        label=_("Business e-mail address"),
        max_length=254,
        required=False,
        help_text=_("Whoever has this address gets the extension; a new person is sent a link to set a password."),
    )
    mobile = MobileField()
    submit_label = _("Create extension")

    def clean(self) -> dict[str, Any]:
        """Where a field is wrong by itself, the others are asked as well: people read every fault at once."""
        facts = super().clean() or self.cleaned_data
        if self.errors:
            for fault in list(faults_of(facts)):
                self.add_error(fault.field, str(fault))
        return facts


class RangeForm(PortalForm):
    first = ExtensionNumberField()
    count = forms.IntegerField(
        label=_("How many"), min_value=1, max_value=MOST, initial=10, help_text=_("From 1 to 500.")
    )
    pattern = NameField(
        label=_("Directory name"),
        max_length=100,
        required=False,
        help_text=_("{number} becomes the number: “Desk {number}”. Without it the number is put behind."),
    )
    skip_used = forms.BooleanField(
        label=_("Skip used numbers"),
        required=False,
        help_text=_("Otherwise nothing is created when a number is in use."),
    )
    submit_label = _("Create extensions")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].label = _("First number")


class EditExtensionForm(PortalForm):
    number = ExtensionNumberField()
    directory_name = DirectoryNameField()
    first_name = NameField(label=_("First name"), max_length=50, required=False)
    last_name = NameField(label=_("Last name"), max_length=50, required=False)
    email = forms.EmailField(
        label=_("Business e-mail address"),
        max_length=254,
        required=False,
        help_text=_("Mails about this extension go there. Its user cannot change it."),
    )
    mobile = MobileField()
    submit_label = _("Update")


class CloneExtensionForm(PortalForm):
    number = ExtensionNumberField()
    directory_name = DirectoryNameField()
    submit_label = _("Clone")


class ChangeUserForm(PortalForm):
    """Offers `present`, who has it now, people without an extension, the first that `search` finds, and nobody."""

    user = forms.ModelChoiceField(
        queryset=unassigned_users(""), label=_("User"), required=False, widget=forms.RadioSelect
    )
    submit_label = _("Change User")

    def __init__(self, *args: Any, search: str, present: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(unassigned_users(search)[: SHOWN_USERS + 1])
        self.more = len(found) > SHOWN_USERS
        field: Any = self.fields["user"]
        field.queryset = unassigned_users()
        if present is not None:
            field.queryset = User.objects.filter(Q(pk=present.pk) | Q(pk__in=unassigned_users().values("pk")))
        shown = [present] * (present is not None) + found[:SHOWN_USERS]
        named = [(user.pk, f"{user.display_name} ({user.email or user.username})") for user in shown]
        field.choices = [("", _("No user")), *named]


class SearchUserForm(forms.Form):
    """Narrows the people that are offered."""

    q = forms.CharField(label=_("Search people"), required=False, max_length=100)
