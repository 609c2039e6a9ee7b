"""Permissions as a matrix: one line for each area, columns for see, create, change and delete, the rest by name."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.permissions import SCOPED, Perm

AREAS = {
    "own": _("Own sign-in and telephone"),
    "help": _("Help"),
    "user": _("Users"),
    "role": _("Roles"),
    "owner": _("Ownership"),
    "audit": _("Audit log"),
    "job": _("Background jobs"),
    "request": _("Tenant requests"),
    "tenant": _("Tenants"),
    "order": _("Orders of licenses"),
    "template": _("Service templates"),
    "pbx": _("PBXs"),
    "platform": _("Platform"),
    "extension": _("Extensions"),
    "team": _("Teams"),
    "presence": _("Status of people"),
    "live": _("Live board and calls"),
    "status": _("Agent statuses"),
    "schedule": _("Schedules and holidays"),
    "call_control": _("Call controls"),
    "call_flow": _("Call flow and tests"),
    "recording": _("Recordings"),
    "parking": _("Shared parking"),
    "voicemail": _("Voicemail"),
    "audio": _("Sounds"),
    "speed_dial": _("Speed dials"),
    "key": _("Telephone keys"),
    "phone": _("Telephones"),
    "conference": _("Conference rooms"),
    "check": _("Configuration check"),
    "setting": _("Telephone system"),
    "support": _("Support sessions"),
    "licence": _("Licenses"),
    "visit": _("Visits"),
}
COLUMNS = ("read", "create", "update", "delete")
COLUMN_LABELS = (_("See"), _("Create"), _("Change"), _("Delete"))


@dataclass(frozen=True, slots=True)
class Box:
    """One permission. `locked`: the person at the page cannot give it. `scoped`: it can count in teams."""

    value: str
    label: Any
    ticked: bool
    locked: bool
    scoped: bool


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area: a box or None for each of the four columns, and its other permissions."""

    label: Any
    boxes: list[Box | None]
    others: list[Box]


def area_of(permission: Perm) -> str:
    """The part of its word before the colon."""
    return permission.value.split(":")[0]


def matrix(
    offered: Collection[Perm], *, ticked: Collection[str], grantable: Collection[Perm] | None = None
) -> list[AreaLine]:
    """`offered` as lines. `ticked` are words of permissions; without `grantable` nothing is locked."""
    lines = []
    areas = list(dict.fromkeys(map(area_of, offered)))  # the list of permissions names some areas twice
    together = sorted(offered, key=lambda one: areas.index(area_of(one)))
    for area, found in groupby(together, area_of):
        boxes = {one: _box(one, ticked, grantable) for one in found}
        columns = {one.value.split(":")[1]: box for one, box in boxes.items() if one.value.split(":")[1] in COLUMNS}
        others = [box for one, box in boxes.items() if one.value.split(":")[1] not in COLUMNS]
        lines.append(AreaLine(AREAS.get(area, area), [columns.get(name) for name in COLUMNS], others))
    return lines


def _box(permission: Perm, ticked: Collection[str], grantable: Collection[Perm] | None) -> Box:
    locked = grantable is not None and permission not in grantable
    return Box(permission.value, permission.label, permission.value in ticked, locked, permission in SCOPED)
