"""Forms about custom roles."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Role
from portal.accounts.role_matrix import AreaLine, matrix
from portal.core.forms import PortalForm
from portal.permissions import Perm

OFFERED = 50
_ONE_LINE = RegexValidator(
    r"[\x00-\x1f\x7f\u2028\u2029]", _("Use one line without control characters."), inverse_match=True
)


class RoleForm(PortalForm):
    """A role as a matrix. Boxes of permissions that the person cannot give are locked and keep what they say."""

    submit_label = _("Save role")

    name = forms.CharField(label=_("Name"), max_length=80, validators=[_ONE_LINE])
    team_scoped = forms.BooleanField(
        label=_("Only in chosen teams"),
        required=False,
        help_text=_("What the people mark means teams counts only in the teams chosen for each person."),
    )
    permissions = forms.MultipleChoiceField(label=_("This role may"), required=False)

    def __init__(self, *args: Any, offered: list[Perm], grantable: Collection[Perm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered, self.grantable = offered, grantable
        self.fields["permissions"].choices = [(one.value, one.label) for one in offered]

    def lines(self) -> list[AreaLine]:
        """The matrix with what is ticked now."""
        ticked = {str(value) for value in self["permissions"].value() or []}
        if self.is_bound:
            held = {str(value) for value in self.initial.get("permissions", [])}
            ticked |= {value for value in held if Perm(value) not in self.grantable}
        return matrix(self.offered, ticked=ticked, grantable=self.grantable)

    def clean_permissions(self) -> list[Perm]:
        return [Perm(value) for value in self.cleaned_data["permissions"]]


class DeleteRoleForm(PortalForm):
    """What becomes of the people who have the role."""

    replacement = forms.ModelChoiceField(
        label=_("They have this role instead"),
        queryset=Role.objects.none(),
        required=False,
        empty_label=_("Choose a role"),
    )

    def __init__(self, *args: Any, roles: list[Role], needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needed:
            del self.fields["replacement"]
            self.helper.layout.fields.remove("replacement")
            return
        self.fields["replacement"].queryset = Role.objects.filter(pk__in=[role.pk for role in roles]).order_by("pk")
        self.fields["replacement"].label_from_instance = lambda role: role.label


class OfferForm(PortalForm):
    """Who is to be the owner from now on."""

    submit_label = _("Offer ownership")

    person = forms.ModelChoiceField(label=_("New owner"), queryset=None, empty_label=_("Choose a person"))

    def __init__(self, *args: Any, people: Any, search: str, **kwargs: Any) -> None:
        """`people` may become the owner; offered are the first of those that `search` finds."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = people
        named = Q(display_name__icontains=search) | Q(username__icontains=search) | Q(email__icontains=search)
        found = list((people.filter(named) if search else people)[: OFFERED + 1])
        self.more = len(found) > OFFERED
        field.choices = [
            ("", _("Choose a person")),
            *((one.pk, f"{one} ({one.email})") for one in found[:OFFERED]),
        ]
