"""Confirming a deletion: for each group of dependants, what takes the object's place."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Model
from django.forms import BoundField
from django.utils.translation import gettext as _

from extensions.forms.pickers import DestinationField, TeamPicker
from extensions.models import Extension, Team
from extensions.services.deletion import Group, kind_of
from portal.core.forms import PortalForm


class _ExtensionField(forms.CharField):
    """Another extension by its number: there may be thousands."""

    def __init__(self, *, but: Model, **kwargs: Any) -> None:
        self.but = but
        attributes = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "5", "class": "mono"}
        super().__init__(required=False, max_length=5, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> Extension | None:
        text = super().clean(value)
        if not text:
            return None
        found = Extension.objects.filter(number=text).exclude(pk=self.but.pk).first()
        if found is None:
            raise forms.ValidationError(_("There is no other extension %(number)s."), params={"number": text})
        return found


class _OtherTeamField(TeamPicker):
    """Another team by number or name: there may be hundreds."""

    def __init__(self, *, but: Model, **kwargs: Any) -> None:
        self.but = but
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Team | None:
        found = super().clean(value)
        if found is not None and found.pk == self.but.pk:
            raise forms.ValidationError(_("This team is being deleted. Name another one."))
        return found


class DeleteForm(PortalForm):
    """One field for each group that allows a replacement, named by the group's key; empty means: remove."""

    expected = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, row: Model, groups: Sequence[Group], seen: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={**(kwargs.pop("initial", None) or {}), "expected": seen}, **kwargs)
        self.row, self.groups, self.seen = row, groups, seen
        self.own = list(self.fields)
        for group in groups:
            field = _field(group, row)
            if field is not None:
                self.fields[group.key] = field

    def shown(self) -> list[tuple[Group, BoundField | None]]:
        """Each group with its field, where it has one; what the template shows."""
        return [(group, self[group.key] if group.key in self.fields else None) for group in self.groups]

    def others(self) -> list[BoundField]:
        """Further questions, apart from the groups."""
        return [self[name] for name in self.own]

    def replacements(self) -> dict[str, Any]:
        """What the person chose, by group."""
        keys = {group.key for group in self.groups}
        return {key: value for key, value in self.cleaned_data.items() if key in keys and value}

    def look_again(self) -> None:
        """Let the form that is shown after a refusal stand for the list as it is now."""
        self.data = {**self.data.dict(), "expected": self.seen} if hasattr(self.data, "dict") else self.data


def _field(group: Group, row: Model) -> forms.Field | None:
    use = group.use
    if not use.replaceable or type(row) not in use.targets() and "__" not in use.path:
        return None
    label = _("Replace by")
    nothing = _("Nothing: remove")
    if "__" in use.path:
        return DestinationField(label=label, empty_label=nothing)
    if isinstance(row, Extension):
        return _ExtensionField(but=row, label=label, help_text=_("Number of another extension. Empty: remove."))
    if isinstance(row, Team):
        return _OtherTeamField(but=row, label=label, help_text=_("Another team, by number or name. Empty: remove."))
    choices = kind_of(type(row)).choices().exclude(pk=row.pk)
    return forms.ModelChoiceField(choices, required=False, label=label, empty_label=nothing)
