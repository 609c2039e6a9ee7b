"""“View Difference”: the changed fields of one row with previous and current values (AUD-06)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from portal.audit.masking import CHANGED
from portal.audit.models import LogEntry
from portal.audit.registry import words_of


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, as people read it."""

    field: str
    before: str
    after: str


def differences(entry: LogEntry) -> list[Difference]:
    """The changed fields, by label, in alphabetical order; fields that a new row left empty are no news."""
    return sorted((one for one in _each(entry) if one.before or one.after), key=lambda one: one.field.lower())


def as_json(entry: LogEntry) -> str:
    """The same as JSON: `{"field": {"previous": …, "current": …}}`."""
    found = {name: {"previous": before, "current": after} for name, (before, after) in _pairs(entry)}
    return json.dumps(found, indent=2, ensure_ascii=False, sort_keys=True)


def _pairs(entry: LogEntry) -> Iterator[tuple[str, Any]]:
    for name, pair in (entry.changes or {}).items():
        if isinstance(pair, list) and len(pair) == 2:
            yield name, pair


def _each(entry: LogEntry) -> Iterator[Difference]:
    for name, (before, after) in _pairs(entry):
        words = words_of(entry.model, name)
        if words:
            label, told = words
            yield Difference(str(label), *(told(value) if value else "" for value in (before, after)))
            continue
        field = _field(entry.model, name)
        yield Difference(_label(field, name), _shown(field, before), _shown(field, after))


def _field(model: str, name: str) -> Any:
    try:
        return apps.get_model(model)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None  # a field of a later or earlier version, or the data of an event


def _label(field: Any, name: str) -> str:
    label = str(getattr(field, "verbose_name", "") or name).replace("_", " ")
    return label[:1].upper() + label[1:]


def _shown(field: Any, value: Any) -> str:
    if value is None or value == "":
        return ""
    if value is True or value is False:
        return _("Yes") if value else _("No")
    if value == CHANGED:
        return _("changed")
    if isinstance(value, list):
        return ", ".join(_shown(field, one) for one in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    choices = dict(getattr(field, "flatchoices", None) or [])
    return str(choices.get(value, value))
