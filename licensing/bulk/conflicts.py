"""What changed since a run, and therefore keeps it from being undone as a whole (BLK-26)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from extensions.models import Extension, Favourite, Mailbox, OutsideNumber, Presence, PresenceChange, SetupLink
from extensions.services.deletion.survey import survey
from licensing.bulk.rules import EXTENSION, ROW
from licensing.models import AssignedAddon
from licensing.models.bulk import AssignmentTemplate
from portal.audit.models import LogEntry, Verb

SHOWN = 20
_AT_ONCE = 500
# What comes by itself, or was made by the run.
_OWN = {Extension, Mailbox, AssignedAddon, Presence, PresenceChange, Favourite, SetupLink}
WORDS = {
    "gone": _("was deleted"),
    "number": _("has another extension number"),
    "user": _("belongs to somebody else, or to nobody"),
    "outside": _("has another outside number"),
    "addons": _("has other add-ons"),
    "changed": _("was changed"),
    "box": _("has messages or changes in its voicemail box"),
    "used": _("is used elsewhere, or has settings of its own"),
}

_CHANGED = f"""
WITH row AS (SELECT * FROM {ROW} WHERE template_id = %(template)s AND state = 'assigned'),
had AS (SELECT extension_id, array_agg(sku || ' ' || quantity ORDER BY sku) AS skus
        FROM "{AssignedAddon._meta.db_table}" GROUP BY 1),
touched AS (SELECT DISTINCT object_pk FROM "{LogEntry._meta.db_table}"
            WHERE model = 'extensions.extension' AND verb = '{Verb.PUT.value}'
              AND object_pk IN (SELECT extension_id::text FROM row)),
box_touched AS (SELECT DISTINCT object_pk FROM "{LogEntry._meta.db_table}"
                WHERE model = 'extensions.mailbox' AND verb = '{Verb.PUT.value}' AND object_pk IN (
                  SELECT m.id::text FROM "{Mailbox._meta.db_table}" m JOIN row ON row.extension_id = m.extension_id)),
seen AS (
  SELECT row.position, row.key, CASE
    WHEN e.id IS NULL THEN 'gone'
    WHEN e.number <> row.key THEN 'number'
    WHEN e.user_id IS DISTINCT FROM row.user_id THEN 'user'
    WHEN coalesce(o.e164, '') <> row.e164 THEN 'outside'
    WHEN coalesce(had.skus, ARRAY[]::text[]) <> %(skus)s::text[] THEN 'addons'
    WHEN t.object_pk IS NOT NULL THEN 'changed'
    WHEN m.id IS NULL OR coalesce(m.messages, 0) > 0 OR b.object_pk IS NOT NULL THEN 'box'
  END AS what
  FROM row
  LEFT JOIN {EXTENSION} e ON e.id = row.extension_id
  LEFT JOIN "{OutsideNumber._meta.db_table}" o ON o.extension_id = e.id
  LEFT JOIN had ON had.extension_id = e.id
  LEFT JOIN touched t ON t.object_pk = e.id::text
  LEFT JOIN "{Mailbox._meta.db_table}" m ON m.extension_id = e.id
  LEFT JOIN box_touched b ON b.object_pk = m.id::text)
SELECT key, what FROM seen WHERE what IS NOT NULL ORDER BY position
"""  # noqa: S608 - our own names


@dataclass(frozen=True, slots=True)
class Conflict:
    """The extension with this key was changed in this way (a key of WORDS) since the run."""

    key: str
    what: str


def conflicts_of(template: AssignmentTemplate) -> list[Conflict]:
    """Everything that keeps the run of `template` from being undone, in the order of its rows."""
    with connection.cursor() as cursor:
        skus = sorted(f"{code} 1" for code in template.addons)
        cursor.execute(_CHANGED, {"template": template.pk, "skus": skus})
        found = [Conflict(*one) for one in cursor.fetchall()]
    return found or [Conflict(number, "used") for number in _in_use(template)]


def assigned_ids(template: AssignmentTemplate) -> list[int]:
    """The extensions that the run made and that were not taken back."""
    rows = template.rows.filter(state="assigned").order_by("extension_id")
    return list(rows.values_list("extension_id", flat=True))


def _in_use(template: AssignmentTemplate) -> Iterator[str]:
    """Numbers of extensions that something else refers to: teams, keys, telephones, destinations, settings."""
    ids = assigned_ids(template)
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        if _refers_to_any(part):
            numbers = Extension.objects.filter(pk__in=part).order_by("number").values_list("pk", "number")
            yield from (number for pk, number in numbers if _refers_to_any([pk]))


def _refers_to_any(ids: list[int]) -> bool:
    found = survey(Extension, ids)
    return bool(set(found.gone) - _OWN) or any(use.model is not OutsideNumber for use in found.uses)


def stored(conflicts: list[Conflict]) -> list[Any]:
    """As the template keeps them: the first few, and how many there are."""
    return [[one.key, one.what] for one in conflicts[:SHOWN]] + ([["", len(conflicts)]] if conflicts else [])
