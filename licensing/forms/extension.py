"""What an extension has of licences: its add-ons, its outside number."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from extensions.models import Extension, OutsideNumber
from licensing.selectors import PoolLine
from portal.core.forms import PortalForm
from portal.core.phone_numbers import for_people

SHOWN = 50
MOST = 20  # of one add-on for one extension


class AddonsForm(PortalForm):
    """A tick box for what an extension has once, a number for what it may have several times (LIC-10).

    Beside each stands what it was when the page was drawn: only what this person changed is carried out, so that a page
    opened before somebody else's change does not take that back.
    """

    submit_label = _("Assign")

    def __init__(self, *args: Any, offered: list[PoolLine], has: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        for line in offered:
            now = has.get(line.code, 0)
            facts: dict[str, Any] = {"label": line.name, "required": False, "help_text": _available(line)}
            self.fields[f"addon_{line.code}"] = (
                forms.IntegerField(min_value=0, max_value=MOST, initial=now, **facts)
                if line.many
                else forms.BooleanField(initial=bool(now), **facts)
            )
            self.fields[f"was_{line.code}"] = forms.IntegerField(required=False, initial=now, widget=forms.HiddenInput)

    def addons(self) -> dict[str, int]:
        """How many of each add-on whose number differs from what the page showed."""
        told = self.cleaned_data
        chosen = {line.code: int(told.get(f"addon_{line.code}") or 0) for line in self.offered}
        return {code: number for code, number in chosen.items() if number != told.get(f"was_{code}")}


class AddonChoice(PortalForm):
    """Which add-on many extensions get or lose."""

    addon = forms.ChoiceField(label=_("Add-on"))
    do = forms.ChoiceField(label=_("What"), choices=[("give", _("Give it")), ("take", _("Take it away"))])

    def __init__(self, *args: Any, offered: list[PoolLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(line.code, f"{line.name} ({_available(line)})") for line in offered]
        self.fields["addon"].choices = choices  # type: ignore[attr-defined]

    @property
    def gives(self) -> bool:
        """Whether it is given, not taken."""
        return bool(self.cleaned_data["do"] == "give")


def _available(line: PoolLine) -> str:
    return _g("Not counted") if line.available is None else _g("%(n)d available") % {"n": line.available}


class ChangeNumberForm(PortalForm):
    """Offers the number that the extension has, those that nobody has, and none."""

    number = forms.ModelChoiceField(
        queryset=OutsideNumber.objects.none(), label=_("Outside number"), required=False, widget=forms.RadioSelect
    )
    submit_label = _("Change Number")

    def __init__(self, *args: Any, extension: Extension, search: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = OutsideNumber.objects.filter(extension=None).order_by("e164")
        mine = OutsideNumber.objects.filter(extension=extension)
        digits = "".join(sign for sign in search if sign.isdecimal())
        found = list(free.filter(e164__contains=digits)[: SHOWN + 1])
        self.more = len(found) > SHOWN
        held = list(mine)
        field: Any = self.fields["number"]
        field.queryset = free | mine
        field.choices = [("", _("No number")), *((row.pk, _label(row)) for row in [*held, *found[:SHOWN]])]
        field.initial = held[0].pk if held else ""


def _label(row: OutsideNumber) -> str:
    said = [for_people(row.e164), str(row.get_kind_display())]
    return " · ".join([*said, _g("rings here now")] if row.extension_id else said)


class SearchForm(forms.Form):
    """Narrows the numbers that are offered."""

    q = forms.CharField(label=_("Search numbers"), required=False, max_length=20)
