"""Forms about teams: what they are, who is in them, and in which teams one extension is."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from extensions.forms.fields import NameField
from extensions.forms.pickers import DestinationField, TeamPicker
from extensions.models import DestinationKind, RingStrategy, Team
from portal.core.forms import PortalForm


class TeamForm(PortalForm):
    """A team as people and as a ring group."""

    name = NameField(label=_("Name"), max_length=60)
    description = NameField(label=_("Description"), max_length=200, required=False)
    number = forms.CharField(
        label=_("Number"),
        max_length=5,
        required=False,
        help_text=_("3 to 5 digits. Whoever dials it rings the team. Empty: the team only groups people."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "mono"}),
    )
    strategy = forms.ChoiceField(label=_("Ringing"), choices=RingStrategy.choices, initial=RingStrategy.ALL.value)
    ring_seconds = forms.IntegerField(
        label=_("Seconds to ring"),
        initial=20,
        help_text=_("5 to 300, in steps of 5: how long all ring together, or each one in turn."),
        widget=forms.NumberInput(attrs={"min": "5", "max": "300", "step": "5"}),
    )
    no_answer = DestinationField(
        label=_("If nobody answers"),
        kinds=tuple(kind for kind in DestinationKind if kind is not DestinationKind.VOICEMAIL),
        empty_label=_("Nowhere: the caller hears that nobody is there"),
    )
    submit_label = _("Save team")


class OrderField(forms.Field):
    """Ids of extensions in the order of their fields; what is no number becomes 0, which is nobody's id."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> list[int]:
        return [int(one) if one.isascii() and one.isdecimal() and len(one) < 19 else 0 for one in value or []]


class MembersForm(PortalForm):
    """The order of a team as its page carries it; nothing is saved before the button that says so."""

    member = OrderField(label=_("Members in order"), required=False)
    submit_label = _("Save members")


class TeamsOfExtensionForm(PortalForm):
    """In which teams one extension is, and which of them it inherits from."""

    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"), queryset=Team.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    home_team = TeamPicker(
        label=_("Home team"),
        help_text=_("It inherits voicemail, recording, status and hours from this team. Empty: from the first one."),
    )
    submit_label = _("Save teams")

    def __init__(self, *args: Any, offered: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teams"].queryset = offered.order_by("name", "pk")


class ScopesForm(PortalForm):
    """For each team-scoped role of one person, the teams in which it counts. Field names are `role_<id>`."""

    submit_label = _("Save teams")

    def __init__(self, *args: Any, roles: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in roles:
            name = f"role_{role.pk}"
            self.fields[name] = forms.ModelMultipleChoiceField(
                label=role.label,
                queryset=Team.objects.order_by("name", "pk"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            self.helper.layout.fields.append(name)

    def chosen(self) -> dict[int, set[int]]:
        """Ids of teams by id of the role."""
        picked = {key: value for key, value in self.cleaned_data.items() if key.startswith("role_")}
        return {int(key.removeprefix("role_")): {team.pk for team in value} for key, value in picked.items()}
