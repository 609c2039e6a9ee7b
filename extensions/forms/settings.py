"""A form over inheritable settings: each field knows where its value comes from and whether it is locked above."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from extensions.settings.registry import Setting
from extensions.settings.resolve import Effective
from portal.core.forms import PortalForm

LOCK = "lock:"


class SettingsForm(PortalForm):
    """Field names are the settings' keys. What was changed by the person is in `changed()`; the rest stays inherited.

    `holding` maps each key to what holds now. With `lockable` each field has a box that locks it for lower levels.
    """

    template_name = "components/settings_form.html"
    submit_label = gettext_lazy("Save settings")
    topics: Mapping[str, Any] = {}  # titles by the first word of a key; without them all stands in one card

    def __init__(
        self,
        *args: Any,
        settings: Iterable[Setting],
        holding: Mapping[str, Effective],
        lockable: bool = False,
        **kwargs: Any,
    ) -> None:
        self.holding = holding
        self.shown = list(settings)
        initial = {one.key: holding[one.key].value for one in self.shown}
        initial |= {LOCK + key: bool(held.here and held.source and held.source.locked) for key, held in holding.items()}
        super().__init__(*args, initial={**initial, **(kwargs.pop("initial", None) or {})}, **kwargs)
        for one in self.shown:
            field = one.field()
            field.label, field.help_text = one.label, one.help
            field.disabled = holding[one.key].locked_by is not None
            field.setting = one  # type: ignore[attr-defined]
            self.fields[one.key] = field
            if lockable and one.lockable and holding[one.key].locked_by is None:
                self.fields[LOCK + one.key] = forms.BooleanField(
                    required=False, label=_("Lock: nobody below may set “%(label)s” differently") % {"label": one.label}
                )

    def rows(self) -> list[tuple[BoundField, Effective, BoundField | None]]:
        """Each setting's field, what holds for it, and its lock box where there is one; what the template shows."""
        locks = {name.removeprefix(LOCK): self[name] for name in self.fields if name.startswith(LOCK)}
        return [(self[one.key], self.holding[one.key], locks.get(one.key)) for one in self.shown]

    def groups(self) -> list[tuple[Any, list[tuple[BoundField, Effective, BoundField | None]]]]:
        """The rows under the titles of their topics, in the order in which the settings came."""
        found: dict[Any, list[tuple[BoundField, Effective, BoundField | None]]] = {}
        for row in self.rows():
            found.setdefault(self.topics.get(row[0].name.split(".")[0], ""), []).append(row)
        return list(found.items())

    def changed(self) -> dict[str, Any]:
        """What this level is to say from now on: fields that were changed, and those whose lock was changed."""
        locked = {name.removeprefix(LOCK) for name in self.changed_data if name.startswith(LOCK)}
        touched = {name for name in self.changed_data if not name.startswith(LOCK)} | locked
        return {one.key: self.cleaned_data[one.key] for one in self.shown if one.key in touched}

    def locks(self) -> dict[str, bool]:
        """For each setting with a lock box, whether it is ticked."""
        ticked = {name: value for name, value in self.cleaned_data.items() if name.startswith(LOCK)}
        return {name.removeprefix(LOCK): bool(value) for name, value in ticked.items()}
