"""Forms about keys: one key, filling, templates, and whom they are for (BLF-02, BLF-05)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from extensions.forms.fields import NameField
from extensions.forms.phones import ModelField, ModulesField
from extensions.forms.pickers import TeamPicker
from extensions.models import KeyKind
from extensions.services.keys.edit import KeySaid
from portal.core.forms import PortalForm


class KeyForm(PortalForm):
    """One key. `suggest_url` is where the box for the target asks what there is."""

    kind = forms.TypedChoiceField(label=_("Kind"), choices=KeyKind.choices, coerce=KeyKind)
    target = forms.CharField(
        label=_("Target"),
        max_length=80,
        required=False,
        help_text=_("Number or name. Lines and voicemail need none."),
    )
    label = NameField(
        label=_("Label"),
        max_length=30,
        required=False,
        help_text=_("Empty: it follows the name of the target, also when that is renamed."),
    )
    locked = forms.BooleanField(label=_("People may not change it"), required=False)
    submit_label = _("Save key")

    def __init__(self, *args: Any, suggest_url: str, lockable: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].widget.attrs |= {
            "autocomplete": "off",
            "list": "key-targets",
            "hx-get": suggest_url,
            "hx-trigger": "focus, input changed delay:200ms, change from:#id_kind",
            "hx-target": "#key-targets",
            "hx-swap": "innerHTML",
            "hx-include": "closest form",
            "hx-sync": "this:queue last",
        }
        if not lockable:
            del self.fields["locked"]
            self.helper.layout = self.helper.build_default_layout(self)

    def said(self) -> KeySaid:
        """What the person says about the key."""
        facts = self.cleaned_data
        return KeySaid(facts["kind"], facts["target"], facts["label"], facts.get("locked", False))


class MoveForm(PortalForm):
    """Where a key goes, as people count: from 1."""

    to = forms.IntegerField(label=_("Place"), min_value=1, max_value=999)


class OrderForm(PortalForm):
    """The places of one page in their new order, as people count, divided by commas."""

    order = forms.RegexField(label=_("Order"), regex=r"^[0-9]{1,3}(,[0-9]{1,3}){0,99}$", max_length=500)

    def positions(self) -> list[int]:
        return [int(number) - 1 for number in self.cleaned_data["order"].split(",")]


class FillForm(PortalForm):
    team = TeamPicker(
        label=_("Members of the team"),
        help_text=_(
            "Empty: everybody else. Each gets a free key, apart from the extension itself and those who have one."
        ),
    )
    submit_label = _("Fill free keys")


class KeyTemplateForm(PortalForm):
    name = NameField(label=_("Name"), max_length=60)
    model = ModelField(
        label=_("Telephone model"),
        empty_label=_("Any telephone"),
        required=False,
        help_text=_("Whose picture the template is drawn on. It can be applied to every telephone with keys enough."),
    )
    modules = ModulesField()
    submit_label = _("Save template")


class SaveAsTemplateForm(PortalForm):
    name = NameField(label=_("Name of the template"), max_length=60)
    submit_label = _("Save as template")


class TargetsForm(PortalForm):
    """Whom something is for: the members of a team, a list of numbers, or everybody."""

    team = TeamPicker(label=_("Members of the team"))
    numbers = forms.CharField(
        label=_("Extensions"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text=_("Numbers and ranges, for example 101, 105, 110-120."),
    )
    everybody = forms.BooleanField(label=_("Everybody"), required=False)
    expected = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    submit_label = _("Look at what would change")


USES = [
    ("linked", _("Linked: they follow every change of the template")),
    ("copied", _("Copied: each can be changed on its own")),
]


class ApplyForm(TargetsForm):
    use = forms.ChoiceField(label=_("How"), choices=USES, initial="linked", widget=forms.RadioSelect)
    field_order = ("use", "team", "numbers", "everybody", "expected")


class GiveUpForm(PortalForm):
    keep = forms.ChoiceField(
        label=_("Keys"),
        choices=[("copy", _("Keep the template’s keys as a copy")), ("own", _("Go back to the extension’s own keys"))],
        initial="copy",
        widget=forms.RadioSelect,
    )
    submit_label = _("Give up the link")
