"""Actions on many rows of a list at once: what a table declares, what a person picked, what would happen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.core.errors import DomainError
from portal.permissions import Perm

# How many rows a confirm page names; the others are counted.
NAMED = 10


@dataclass(frozen=True, slots=True, eq=False)  # each is declared once; comparing would translate its label
class BulkAction:
    """A verb in a list's bulk bar: its words, its icon, the name of its URL, and who is offered it."""

    label: Any
    icon: str
    url_name: str
    permission: Perm


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """What an action would do with the picked rows: how many change, how many it leaves out, some of each by name."""

    changing: int
    changing_names: Sequence[str]
    skipped: int
    skipped_names: Sequence[str]


class SetChanged(DomainError):
    """Between the confirm page and the answer, other rows came to be concerned."""

    def __init__(self) -> None:
        super().__init__(_("The list has changed meanwhile. Please look at the numbers again."))


class _Ids(forms.Field):
    """The ticked rows; whatever is no number is nobody's row."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> list[int]:
        return sorted({int(one) for one in value or [] if one.isascii() and one.isdecimal() and len(one) < 19})


class _Query(forms.CharField):
    """The query string of the list."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        return QueryDict((super().to_python(value) or "").removeprefix("?"))


class Picked(forms.Form):
    """Which rows were picked: `id` of each, or `all` that `filter` (the list's query string) matches.

    `expected` is how many rows the confirm page said would change; without it nothing was confirmed.
    """

    id = _Ids(required=False)
    all = forms.BooleanField(required=False, widget=forms.HiddenInput)
    filter = _Query(required=False, max_length=4000)
    expected = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        if not facts.get("all") and not facts.get("id"):
            raise forms.ValidationError(_("Tick at least one row first."))
        return facts
