"""Forms of blocked callers, exceptions and rules for outgoing calls."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from extensions.forms.fields import NameField
from extensions.forms.pickers import DestinationField, SchedulePicker
from extensions.models import BlockAction, BlockDirection, BlockMatch, CallClass, OutgoingMatch
from extensions.services.calls.blocked import Blocking
from extensions.services.calls.exceptions import ExceptionFacts
from extensions.services.calls.rules import RuleFacts
from extensions.settings.catalogue.forwarding import KINDS
from portal.core.forms import PortalForm

_TEL = {"autocomplete": "off", "class": "mono"}


def _number(**more: Any) -> forms.CharField:
    return forms.CharField(max_length=30, required=False, widget=forms.TextInput(attrs=_TEL), **more)


class BlockForm(PortalForm):
    submit_label = _("Block caller")
    match = forms.ChoiceField(label=_("Caller"), choices=BlockMatch.choices)
    pattern = _number(label=_("Number"), help_text=_("With + and country code, as dialled here, or inside."))
    direction = forms.ChoiceField(label=_("Direction"), choices=BlockDirection.choices)
    action = forms.ChoiceField(label=_("Then"), choices=BlockAction.choices)
    note = NameField(label=_("Note"), max_length=80, required=False)

    def blocking(self) -> Blocking:
        """What was typed, as a value."""
        facts = self.cleaned_data
        return Blocking(
            BlockMatch(facts["match"]), facts["pattern"], BlockDirection(facts["direction"]),
            BlockAction(facts["action"]), facts["note"],
        )  # fmt: skip


class ExceptionForm(PortalForm):
    submit_label = _("Save exception")
    label = NameField(label=_("Name"), max_length=60, help_text=_("For example: Boss, or Callback of the bank."))
    prefix = _number(label=_("Caller begins with"), help_text=_("A number or its beginning. Empty: everybody."))
    schedule = SchedulePicker(label=_("Schedule"), help_text=_("None: at any time."))
    when_open = forms.TypedChoiceField(
        label=_("Counts"),
        choices=[("1", _("While the schedule is open")), ("0", _("While the schedule is not open"))],
        coerce=lambda value: value == "1",
        required=False,
        empty_value=True,
    )
    target = DestinationField(label=_("Calls go to"), kinds=KINDS, empty_label=_("Ring all the same"))

    def facts(self) -> ExceptionFacts:
        """What was typed, as a value."""
        return ExceptionFacts(**{name: self.cleaned_data[name] for name in ExceptionFacts.__dataclass_fields__})


class RuleSetForm(PortalForm):
    name = NameField(label=_("Name"), max_length=60)
    allow_by_default = forms.BooleanField(
        label=_("Allow what no rule names"), required=False, help_text=_("Otherwise such calls are denied.")
    )


class RuleForm(PortalForm):
    """The value's own field depends on the kind of rule; the others are left alone."""

    submit_label = _("Add rule")
    allow = forms.TypedChoiceField(
        label=_("Calls are"),
        choices=[("1", _("Allowed")), ("0", _("Denied"))],
        coerce=lambda value: value == "1",
    )
    match = forms.ChoiceField(label=_("What"), choices=OutgoingMatch.choices)
    call_class = forms.ChoiceField(label=_("Class of numbers"), required=False)
    value = _number(label=_("Numbers that begin with"), help_text=_("With + and country code, or as dialled here."))
    country = forms.ChoiceField(label=_("Country"), required=False)
    note = NameField(label=_("Note"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        classes = [choice for choice in CallClass.choices if choice[0] != CallClass.EMERGENCY]
        self.fields["call_class"].choices = classes  # type: ignore[attr-defined]
        self.fields["country"].choices = [("", "–"), *countries]  # type: ignore[attr-defined]

    def facts(self) -> RuleFacts:
        """What was typed, as a value."""
        facts = self.cleaned_data
        match = OutgoingMatch(facts["match"])
        sources = {OutgoingMatch.CLASS: "call_class", OutgoingMatch.COUNTRY: "country", OutgoingMatch.PREFIX: "value"}
        return RuleFacts(match, facts[sources[match]], facts["allow"], facts["note"])
