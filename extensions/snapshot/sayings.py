"""What every level of the tenant says about every setting: one query."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from extensions.models import Level, SettingValue
from extensions.settings.registry import Shape, setting
from extensions.settings.resolve import Said
from extensions.settings.subjects import value_of
from extensions.snapshot.hours import destination_facts

Layer = dict[str, list[Said]]


@dataclass(slots=True)
class Sayers:
    """The sayings of the company (with platform and template above it), of each team and of each extension."""

    company: Layer = field(default_factory=lambda: defaultdict(list))
    teams: dict[Any, Layer] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    extensions: dict[Any, Layer] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))


def load_sayings(rows: Iterable[SettingValue] | None = None) -> Sayers:
    """Everything said in the active schema, or in `rows` of it, and what the platform says.

    Destinations become facts, schedules and rule sets their ids.
    """
    said = Sayers()
    for key, stored in (connection.tenant.platform_settings or {}).items():
        said.company[key].append(
            Said(Level.PLATFORM, stored.get("value"), bool(stored.get("locked")), _("the platform"))
        )
    for row in SettingValue.objects.select_related("team", "destination") if rows is None else rows:
        level = Level(row.level)
        one = Said(level, _plain(row), row.locked, row.team.name if row.team else str(level.label))
        if level is Level.EXTENSION:
            said.extensions[row.extension_id][row.key].append(one)
        elif level is Level.TEAM:
            said.teams[row.team_id][row.key].append(one)
        else:
            said.company[row.key].append(one)
    return said


def _plain(row: SettingValue) -> Any:
    shape = setting(row.key).shape
    if shape is Shape.DESTINATION:
        return destination_facts(row.destination)
    if shape is Shape.VALUE:
        return value_of(row, setting(row.key))
    return getattr(row, f"{shape.value}_id")
