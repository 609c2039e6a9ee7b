"""Fields that point at something of the telephone system: destinations, schedules, rule sets, own numbers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from extensions.models import AudioFile, Destination, DestinationKind, OutgoingRuleSet, Schedule, Team
from extensions.models.destination import POINTERS
from extensions.services.destinations import Target, find_target
from portal.core.errors import DomainError
from portal.core.phone_numbers import to_e164

AS_USUAL = _("As usual")
NEEDS_TEXT = frozenset({*POINTERS, DestinationKind.NUMBER})

KIND = {"data-role": "kind", "class": "form-select"}
WHICH = {"data-role": "which", "class": "form-control", "autocomplete": "off", "maxlength": "80"}


class DestinationWidget(forms.MultiWidget):
    """A kind, and beside it which one: a number or a name. The script offers what exists while somebody types."""

    template_name = "components/destination.html"

    def __init__(self, choices: Any = (), attrs: Any = None) -> None:
        kind = forms.Select(choices=choices, attrs={**KIND, "aria-label": _("Where calls go")})
        which = forms.TextInput(attrs={**WHICH, "aria-label": _("Which one"), "placeholder": _("Number or name")})
        super().__init__([kind, which], attrs)

    def decompress(self, value: Any) -> list[str]:
        target = Target.of(value) if isinstance(value, Destination) else value
        return [target.kind.value, target.typed] if isinstance(target, Target) else ["", ""]


class DestinationField(forms.MultiValueField):
    """Cleans to a Target, or None where nothing was chosen. `kinds` limits what is offered.

    Finds what was typed in the active schema (services.destinations.find_target), one query for a chosen kind.
    """

    widget = DestinationWidget

    def __init__(
        self,
        *,
        kinds: Any = tuple(DestinationKind),
        empty_label: Any = AS_USUAL,
        required: bool = False,
        **kwargs: Any,
    ) -> None:
        choices = [("", empty_label), *((kind.value, kind.label) for kind in kinds)]
        fields = (forms.ChoiceField(choices=choices, required=False), forms.CharField(max_length=80, required=False))
        widget = DestinationWidget(choices)
        super().__init__(fields, required=required, require_all_fields=False, widget=widget, **kwargs)

    def compress(self, data_list: list[Any]) -> Target | None:
        kind, typed = (data_list or ["", ""])[:2]
        if not kind:
            return None
        try:
            return find_target(DestinationKind(kind), typed or "", field="")
        except DomainError as refusal:
            raise ValidationError(str(refusal)) from refusal

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.widget.decompress(initial), data)


class TeamWidget(forms.TextInput):
    """A number or a name; the script offers the teams that fit while somebody types."""

    template_name = "components/team_picker.html"

    def __init__(self) -> None:
        super().__init__({**WHICH, "placeholder": _("Number or name")})


class TeamPicker(forms.CharField):
    """One of the tenant's teams, or none; typed, because a list of hundreds is no choice. Two queries at most."""

    widget = TeamWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, required=kwargs.pop("required", False), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Team) else value

    def clean(self, value: Any) -> Team | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return find_target(DestinationKind.TEAM, text, field="").object
        except DomainError as refusal:
            raise ValidationError(str(refusal)) from refusal


class _Rows(forms.ModelChoiceField):
    model: Any

    def __init__(self, **kwargs: Any) -> None:
        rows = self.model._default_manager.order_by("name")
        super().__init__(queryset=rows, required=kwargs.pop("required", False), **{"empty_label": _("None"), **kwargs})


class SchedulePicker(_Rows):
    """One of the tenant's schedules, or none."""

    model = Schedule


class RuleSetPicker(_Rows):
    """One of the tenant's sets of rules for outgoing calls, or none."""

    model = OutgoingRuleSet


class AnnouncementPicker(_Rows):
    """One of the tenant's announcements, or none."""

    model = AudioFile

    def __init__(self, *, purpose: str = "announcement", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.queryset = self.queryset.filter(Q(purpose=purpose))


class OwnNumberField(forms.CharField):
    """One of the company's own numbers as E.164, or empty: the main number (ANI); more come with licences."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"type": "tel", "autocomplete": "off"}
        super().__init__(max_length=30, required=False, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        tenant = connection.tenant
        try:
            number = to_e164(text, country=tenant.country)
        except DomainError as refusal:
            raise ValidationError(str(refusal)) from refusal
        if number != tenant.ani:
            raise ValidationError(_("This is not one of your own numbers."))
        return number
