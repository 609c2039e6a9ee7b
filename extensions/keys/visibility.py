"""Whose calls colleagues may watch (BLF-06): `monitoring.visibility` of the one who is watched."""

from collections import defaultdict
from collections.abc import Collection

from django.db import connection
from django.db.models import Q

from extensions.models import Extension, Level, SettingValue
from extensions.settings.catalogue.presence import Visibility
from extensions.settings.registry import setting
from extensions.settings.resolve import Said, effective

KEY = "monitoring.visibility"


def hidden_among(extensions: Collection[Extension]) -> set[int]:
    """The ids of those that colleagues may not watch; one query, whatever their number."""
    return {pk for pk, seen in visibilities(extensions).items() if seen is Visibility.HIDDEN}


def visibilities(extensions: Collection[Extension]) -> dict[int, Visibility]:
    """What colleagues see of each one's calls, by id; one query, whatever their number."""
    if not extensions:
        return {}
    teams = {one.home_team_id for one in extensions if one.home_team_id}
    bearing = Q(level__in=[Level.TEMPLATE, Level.TENANT]) | Q(level=Level.TEAM, team__in=teams)
    bearing |= Q(level=Level.EXTENSION, extension__in=[one.pk for one in extensions])
    said: dict[tuple[int | None, int | None], list[Said]] = defaultdict(list)
    stored = (connection.tenant.platform_settings or {}).get(KEY)
    if stored:
        said[None, None].append(Said(Level.PLATFORM, stored.get("value"), bool(stored.get("locked"))))
    for row in SettingValue.objects.filter(bearing, key=KEY):
        said[row.team_id, row.extension_id].append(Said(Level(row.level), row.value, row.locked))
    found = {}
    for one in extensions:
        sayings = [*said[None, None], *(said[one.home_team_id, None] if one.home_team_id else ()), *said[None, one.pk]]
        found[one.pk] = Visibility(effective(setting(KEY), sayings, at=Level.EXTENSION).value)
    return found
