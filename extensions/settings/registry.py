"""The list of inheritable settings. Each topic declares its own in `extensions/settings/catalogue/`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django import forms

from extensions.models import Level


class Shape(StrEnum):
    """Which column of SettingValue holds it."""

    VALUE = "value"  # JSON: number, text, yes/no, or a small object
    SCHEDULE = "schedule"
    RULE_SET = "rule_set"
    ANNOUNCEMENT = "announcement"
    DESTINATION = "destination"


# Innermost last. A team's own calls take their settings from the team upwards, an extension's from the extension.
ORDER = (Level.PLATFORM, Level.TEMPLATE, Level.TENANT, Level.TEAM, Level.EXTENSION)
EVERYWHERE = frozenset(ORDER)
COMPANY_ONLY = frozenset({Level.PLATFORM, Level.TEMPLATE, Level.TENANT})
INSIDE = EVERYWHERE - {Level.PLATFORM}  # for what refers to objects of the tenant


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: what it is called, what a form asks for it, what holds where nobody says anything.

    `field` makes a fresh form field; its cleaned value is what is stored (JSON for VALUE, else the object).
    `levels` says where it can be set; `lockable` whether an outer level may keep inner ones from changing it.
    """

    key: str
    label: Any
    field: Callable[[], forms.Field]
    default: Any = None
    shape: Shape = Shape.VALUE
    levels: frozenset[Level] = EVERYWHERE
    lockable: bool = True
    help: Any = ""
    words: Callable[[Any], str] = field(default=str)  # the value in words, for chips, lists and summaries


_settings: dict[str, Setting] = {}


def register(*settings: Setting) -> None:
    """Add settings; called once, when the module of a topic in the catalogue loads."""
    for setting in settings:
        if setting.key in _settings:
            raise ValueError(f"the setting {setting.key!r} is declared twice")
        _settings[setting.key] = setting


def setting(key: str) -> Setting:
    """The setting called `key`; a misspelt one raises KeyError."""
    return _settings[key]


def settings_of(keys: Iterable[str]) -> list[Setting]:
    """Several settings, in this order."""
    return [_settings[key] for key in keys]


def all_settings() -> list[Setting]:
    """Every declared setting."""
    return list(_settings.values())


def starting_with(prefix: str) -> list[Setting]:
    """The settings of one topic: `starting_with("voicemail.")`."""
    return [one for key, one in _settings.items() if key.startswith(prefix)]
