"""Who a setting is asked for, and what every level above says: one query."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from extensions.models import Extension, Level, SettingValue, Team
from extensions.models.destination import POINTERS
from extensions.settings.registry import Setting, Shape
from extensions.settings.resolve import Effective, Said, Sayings, effective
from tenants.models import TenantKind


@dataclass(frozen=True, slots=True)
class Subject:
    """The company itself, a team, or an extension (whose home team stands between it and the company)."""

    extension: Extension | None = None
    team: Team | None = None

    @property
    def level(self) -> Level:
        """The level that this subject's own values stand on."""
        if self.extension is not None:
            return Level.EXTENSION
        if self.team is not None:
            return Level.TEAM
        return Level.TEMPLATE if connection.tenant.kind == TenantKind.TEMPLATE else Level.TENANT

    @property
    def above(self) -> Team | None:
        """The team between an extension and the company."""
        return self.extension.home_team if self.extension is not None else None

    @property
    def name(self) -> str:
        return str(self.extension or self.team or connection.tenant.name)

    def own_rows(self) -> Q:
        """The rows of SettingValue that this subject may write."""
        return Q(level=self.level, team=self.team, extension=self.extension)

    def rows(self) -> Q:
        """The rows that bear on this subject, its own and those above."""
        found = Q(level__in=[Level.TEMPLATE, Level.TENANT])
        team = self.team or self.above
        if team is not None:
            found |= Q(level=Level.TEAM, team=team)
        if self.extension is not None:
            found |= Q(level=Level.EXTENSION, extension=self.extension)
        return found


COMPANY = Subject()


def value_of(row: SettingValue, setting: Setting) -> Any:
    """What a row says: the plain value, or the object that it refers to."""
    return getattr(row, setting.shape.value if setting.shape != Shape.VALUE else "value")


def sayings_for(subject: Subject, settings: Iterable[Setting]) -> Sayings:
    """What the platform, the template, the company, the team and the subject itself say, in one query."""
    wanted = {setting.key: setting for setting in settings}
    found: dict[str, list[Said]] = defaultdict(list)
    for key, stored in (connection.tenant.platform_settings or {}).items():
        if key in wanted:
            found[key].append(Said(Level.PLATFORM, stored.get("value"), bool(stored.get("locked")), _("the platform")))
    references = [shape.value for shape in Shape if shape != Shape.VALUE]
    references += [f"destination__{pointer}" for pointer in POINTERS.values()]  # they are shown by name
    rows = SettingValue.objects.filter(subject.rows(), key__in=wanted).select_related("team", *references)
    for row in rows:
        level = Level(row.level)
        found[row.key].append(Said(level, value_of(row, wanted[row.key]), row.locked, _name_of(level, row)))
    return found


def effective_settings(subject: Subject, settings: Iterable[Setting]) -> dict[str, Effective]:
    """What holds for `subject`, by key, with where it comes from."""
    wanted = list(settings)
    said = sayings_for(subject, wanted)
    return {one.key: effective(one, said.get(one.key, ()), at=subject.level) for one in wanted}


def _name_of(level: Level, row: SettingValue) -> str:
    if level is Level.TEAM:
        return _("team %(name)s") % {"name": row.team}
    if level is Level.TEMPLATE:
        return _("the service template")
    return _("the company") if level is Level.TENANT else ""
