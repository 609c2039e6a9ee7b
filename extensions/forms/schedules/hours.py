"""Hours settings of the company, a team or an extension, with the two global switches (SCH-02, SCH-03)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.forms.settings import LOCK, SettingsForm
from extensions.models import Schedule
from extensions.services.schedules.switches import SWITCHES
from extensions.settings.catalogue.hours import BREAKS, HOURS

SWITCH_LABELS = {HOURS: gettext_lazy("Global office hours"), BREAKS: gettext_lazy("Global break hours")}
SWITCH_HELP = {
    HOURS: gettext_lazy("Nobody can set others, or another action."),
    BREAKS: gettext_lazy(
        "Nobody can set others, or another action. “None”: everybody has those of their office hours."
    ),
}


class HoursForm(SettingsForm):
    """`schedules` are all there are, read once for both boxes; `switches` gives the locks their names (SCH-02)."""

    def __init__(self, *args: Any, schedules: Sequence[Schedule], switches: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", _("None")), *((one.pk, one.name) for one in schedules)]
        for key in (HOURS, BREAKS):
            self.fields[key].choices = offered  # type: ignore[attr-defined]
            self.fields[key].widget.choices = offered  # type: ignore[attr-defined]
        for main, follower in SWITCHES.items():
            self.fields.pop(LOCK + follower, None)
            if switches and LOCK + main in self.fields:
                self.fields[LOCK + main].label = SWITCH_LABELS[main]
                self.fields[LOCK + main].help_text = SWITCH_HELP[main]
        for one in self.shown:
            if one.key not in SWITCHES and LOCK + one.key in self.fields:
                self.fields[LOCK + one.key].label = format_html(
                    '{}<span class="visually-hidden">: {}</span>', _("Nobody below may differ"), one.label
                )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if facts.get(LOCK + HOURS) and HOURS not in self.errors and not facts.get(HOURS):
            self.add_error(HOURS, forms.ValidationError(_("Choose the hours that count for everybody first.")))
        return facts

    def changed(self) -> dict[str, Any]:
        found = super().changed()
        for main, follower in SWITCHES.items():
            if LOCK + main in self.changed_data:
                found[follower] = self.cleaned_data[follower]
        return found

    def locks(self) -> dict[str, bool]:
        found = super().locks()
        return found | {SWITCHES[key]: ticked for key, ticked in found.items() if key in SWITCHES}
