"""Forms about users."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Role
from portal.core.forms import PortalForm


class NewUserForm(PortalForm):
    """`roles` are those that the person may give away; the lowest stands first."""

    submit_label = _("Create user")

    display_name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, help_text=_("A link to choose a password goes there.")
    )
    personnel_id = forms.RegexField(
        r"^[A-Za-z0-9]+$",
        label=_("Personnel ID"),
        max_length=40,
        required=False,
        help_text=_("Letters and digits; the logon is made from it. Leave it empty to use the e-mail address."),
        error_messages={"invalid": _("Use letters a to z and digits only.")},
    )
    role = forms.ChoiceField(label=_("Role"), help_text=_("The lowest role is chosen unless you say otherwise."))

    def __init__(self, *args: Any, roles: list[Role], with_personnel_id: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.code, role.label) for role in roles]
        if not with_personnel_id:
            del self.fields["personnel_id"]
            self.helper.layout.fields.remove("personnel_id")


class UserForm(PortalForm):
    """Facts of a user that an administrator may correct."""

    display_name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, required=False, help_text=_("Links for passwords go there.")
    )


class RolesForm(PortalForm):
    """Which roles somebody has; several add up."""

    submit_label = _("Save the roles")

    roles = forms.ModelMultipleChoiceField(
        label=_("Roles"), queryset=Role.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["roles"]
        field.queryset = Role.objects.filter(pk__in=[role.pk for role in offered]).order_by("pk")
        field.label_from_instance = lambda role: role.label
