"""Whose calls colleagues may watch (BLF-06): `monitoring.visibility` of the one who is watched."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache

from django.db import connection

from extensions.models import Extension, Level
from extensions.settings.catalogue.presence import Visibility
from extensions.settings.registry import setting
from extensions.settings.resolve import Said, effective

KEY = "monitoring.visibility"
Subject = tuple[int | None, int | None]  # team and extension of a value; neither: it holds for all
# Written out: Django needs longer to put it together than PostgreSQL to answer it.
_SAID = """
    SELECT level, team_id, extension_id, value, locked FROM "extensions_settingvalue"
    WHERE key = %s AND (extension_id IS NULL OR extension_id = ANY(%s))
"""


def hidden_among(extensions: Collection[Extension]) -> set[int]:
    """The ids of those that colleagues may not watch; one query, whatever their number."""
    return {pk for pk, seen in visibilities(extensions).items() if seen is Visibility.HIDDEN}


def visibilities(extensions: Collection[Extension]) -> dict[int, Visibility]:
    """What colleagues see of each one's calls, by id; one query, whatever their number."""
    if not extensions:
        return {}
    said = _said_of([one.pk for one in extensions])

    @cache
    def as_others(team: int | None) -> Visibility:
        return _seen(said, team, None)

    return {
        one.pk: _seen(said, one.home_team_id, one.pk) if (None, one.pk) in said else as_others(one.home_team_id)
        for one in extensions
    }


def _seen(said: Mapping[Subject, list[Said]], team: int | None, extension: int | None) -> Visibility:
    """What holds for an extension with this home team, None for one of those that said nothing themselves."""
    subjects = dict.fromkeys([(None, None), (team, None), (None, extension)])
    sayings = [one for subject in subjects for one in said.get(subject, ())]
    return Visibility(effective(setting(KEY), sayings, at=Level.EXTENSION).value)


def _said_of(ids: list[int]) -> dict[Subject, list[Said]]:
    """What is said for all, by each team, and by each of these extensions."""
    said: dict[Subject, list[Said]] = defaultdict(list)
    stored = (connection.tenant.platform_settings or {}).get(KEY)
    if stored:
        said[None, None].append(Said(Level.PLATFORM, stored.get("value"), bool(stored.get("locked"))))
    with connection.cursor() as cursor:
        cursor.execute(_SAID, [KEY, ids])
        for level, team, extension, value, locked in cursor.fetchall():
            said[team, extension].append(Said(Level(level), json.loads(value or "null"), locked))
    return said
