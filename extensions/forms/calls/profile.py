"""One call profile as a matrix: for calls from inside and outside, each condition with switch, target and seconds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _

from extensions.forms.settings import LOCK, SettingsForm
from extensions.models import StatusKind
from extensions.settings.catalogue.forwarding import Condition, Origin, conditions_of, key_of
from extensions.settings.registry import Setting, settings_of
from extensions.settings.resolve import Effective

PARTS = (".to", ".seconds")


@dataclass(frozen=True, slots=True)
class Row:
    """One condition. `held` says where the row comes from: what is set here wins over what is inherited."""

    key: str
    label: str
    switch: BoundField
    to: BoundField
    seconds: BoundField | None
    held: Effective
    lock: BoundField | None
    effect: str

    @property
    def errors(self) -> list[str]:
        """Everything that is wrong in the row."""
        fields = [self.switch, self.to, *([self.seconds] if self.seconds else [])]
        return [str(error) for field in fields for error in field.errors]


def keys_of_row(key: str) -> list[str]:
    """The settings of one condition."""
    return [key, f"{key}.to", *([f"{key}.seconds"] if key.endswith(f".{Condition.NO_ANSWER.value}") else [])]


def settings_of_profile(kind: StatusKind) -> list[Setting]:
    """The settings of one profile, in the order of the matrix."""
    keys = [key_of(kind, origin, condition) for origin in Origin for condition in conditions_of(kind)]
    return settings_of(part for key in keys for part in keys_of_row(key))


class ProfileForm(SettingsForm):
    """A row is inherited, set or reset as one. `settings` are those of one profile.

    `effects` says what each row does in effect as it is saved, by the key of its switch.
    """

    def __init__(
        self, *args: Any, settings: Iterable[Setting], effects: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        self.effects = effects or {}
        super().__init__(*args, settings=settings, **kwargs)
        for one in self.shown:
            field = self.fields[one.key]
            if not one.key.endswith(".to"):
                field.widget.attrs |= {"aria-label": self._name(one), "class": self._look(one)}
            field.help_text, field.label = "", self._name(one)  # the label is what a summary of mistakes says
            if one.key.endswith(PARTS):
                self.fields.pop(LOCK + one.key, None)
            if one.key.endswith(".to"):
                parts = ((_("kind of target"), "form-select"), (_("which one"), "form-control"))
                for widget, (words, look) in zip(field.widget.widgets, parts, strict=True):
                    widget.attrs |= {"aria-label": f"{self._name(one)}: {words}", "class": look}
        for name in self.fields:
            if name.startswith(LOCK):
                self.fields[name].widget.attrs["class"] = "form-check-input"

    def _look(self, one: Setting) -> str:
        return "form-control" if one.key.endswith(PARTS) else "form-check-input"

    def _name(self, one: Setting) -> str:
        _forward, _profile, origin, condition, *part = one.key.split(".")
        words = f"{Origin(origin).label}, {Condition(condition).label}"
        return f"{words}: {one.label}" if part else words

    def sections(self) -> list[tuple[str, list[Row]]]:
        """The rows for calls from inside and from outside; what the template shows."""
        switches = [one.key for one in self.shown if not one.key.endswith(PARTS)]
        return [
            (str(origin.label), [self._row(key) for key in switches if key.split(".")[2] == origin.value])
            for origin in Origin
        ]

    def changed(self) -> dict[str, Any]:
        """Whole rows: what is touched of one is said here for all of it, so that it does not depend on others."""
        touched = {one.removesuffix(".to").removesuffix(".seconds") for one in super().changed()}
        keys = [part for key in touched for part in keys_of_row(key)]
        return {key: self.cleaned_data[key] for key in keys if not self.fields[key].disabled}

    def locks(self) -> dict[str, bool]:
        """A row is locked as one."""
        return {part: locked for key, locked in super().locks().items() for part in keys_of_row(key)}

    def _row(self, key: str) -> Row:
        seconds = f"{key}.seconds"
        parts = [self.holding[part] for part in keys_of_row(key)]
        locked = next((held for held in parts if held.locked_by is not None), None)
        here = next((held for held in parts if held.here), None)
        said = next((held for held in parts if held.source is not None), parts[0])
        name = LOCK + key
        return Row(
            key=key,
            label=str(self.holding[key].setting.label),
            switch=self[key],
            to=self[f"{key}.to"],
            seconds=self[seconds] if seconds in self.fields else None,
            held=locked or here or said,
            lock=self[name] if name in self.fields else None,
            effect=self.effects.get(key, ""),
        )
