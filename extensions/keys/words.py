"""Keys in words: icon, label and target. An empty label follows the name of what the key points at (BLF-02)."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from extensions.models import KEY_POINTERS, Extension, Feature, Key, KeyKind
from portal.core.phone_numbers import for_people

ICONS: dict[KeyKind, str] = {
    KeyKind.LINE: "phone",
    KeyKind.PRESENCE: "user",
    KeyKind.SPEED_DIAL: "list-numbers",
    KeyKind.CUSTOM_DIAL: "phone-outgoing",
    KeyKind.PARKING: "parking",
    KeyKind.TEAM_LOGIN: "users-group",
    KeyKind.STATUS: "user-check",
    KeyKind.VOICEMAIL: "mail",
    KeyKind.FEATURE: "hash",
}
SHORT: dict[KeyKind, Any] = {
    KeyKind.LINE: lambda: _("Line"),
    KeyKind.PRESENCE: lambda: _("Colleague"),
    KeyKind.SPEED_DIAL: lambda: _("Speed dial"),
    KeyKind.CUSTOM_DIAL: lambda: _("Number"),
    KeyKind.PARKING: lambda: _("Parking"),
    KeyKind.TEAM_LOGIN: lambda: _("Team log-in"),
    KeyKind.STATUS: lambda: _("Status"),
    KeyKind.VOICEMAIL: lambda: _("Voicemail"),
    KeyKind.FEATURE: lambda: _("Feature"),
}
JOINED = tuple(KEY_POINTERS.values())  # what a query of keys must bring along, so that words need no further one


def kind_words(kind: KeyKind) -> str:
    """The kind in one or two words, for the picture."""
    return str(SHORT[kind]())


def pointed_at(key: Key) -> Any:
    """The object that the key points at, or None for kinds without one."""
    pointer = KEY_POINTERS.get(KeyKind(key.kind))
    return getattr(key, pointer) if pointer else None


# What an empty label says, by kind.
_FOLLOWED: dict[KeyKind, Callable[[Any, Extension | None], str]] = {
    KeyKind.LINE: lambda key, owner: owner.number if owner else _("Line"),
    KeyKind.PRESENCE: lambda key, owner: key.extension.directory_name,
    KeyKind.SPEED_DIAL: lambda key, owner: key.speed_dial.label,
    KeyKind.CUSTOM_DIAL: lambda key, owner: for_people(key.number),
    KeyKind.PARKING: lambda key, owner: key.slot.label or _("Slot %(number)s") % {"number": key.slot.number},
    KeyKind.TEAM_LOGIN: lambda key, owner: key.team.name,
    KeyKind.STATUS: lambda key, owner: key.status.label,
    KeyKind.VOICEMAIL: lambda key, owner: _("Voicemail"),
    KeyKind.FEATURE: lambda key, owner: str(Feature(key.feature.feature).label).split(" (", 1)[0],
}


def label_of(key: Key, owner: Extension | None = None) -> str:
    """What the telephone shows beside the key. `owner` is whose telephone it is, None in a template."""
    return key.label or _FOLLOWED[KeyKind(key.kind)](key, owner)


def target_of(key: Key) -> str:
    """What the key points at, for lists: number and name, a code, a number; empty for kinds without a target."""
    kind, target = KeyKind(key.kind), pointed_at(key)
    if kind is KeyKind.CUSTOM_DIAL:
        return for_people(key.number)
    if kind is KeyKind.SPEED_DIAL:
        return f"{target.code} → {for_people(target.number)}"
    if kind is KeyKind.FEATURE:
        return f"{target.code} {Feature(target.feature).label}"
    if kind is KeyKind.TEAM_LOGIN:
        return f"{target.number} {target.name}".strip()
    return str(target) if target is not None else ""


def typed(key: Key) -> str:
    """What a person types into a form for the key's target; `services.keys.targets` reads it back."""
    kind, target = KeyKind(key.kind), pointed_at(key)
    if kind is KeyKind.CUSTOM_DIAL:
        return key.number
    if kind in (KeyKind.SPEED_DIAL, KeyKind.FEATURE):
        return str(target.code)
    if kind in (KeyKind.PRESENCE, KeyKind.PARKING):
        return str(target.number)
    return str(target) if target is not None else ""
