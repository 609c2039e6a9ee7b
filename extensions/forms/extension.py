"""Creating and editing an extension."""

from django import forms
from django.utils.translation import gettext_lazy as _

from extensions.forms.fields import ExtensionNumberField, MobileField, NameField
from portal.core.forms import PortalForm


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


class EditExtensionForm(PortalForm):
    number = ExtensionNumberField()
    directory_name = NameField(
        label=_("Directory name"),
        max_length=100,
        help_text=_("What telephones and the directory show. At most 100 characters."),
    )
    first_name = NameField(label=_("First name"), max_length=50, required=False)
    last_name = NameField(label=_("Last name"), max_length=50, required=False)
    mobile = MobileField()
    submit_label = _("Save extension")
