"""Who could have been meant by a name that fits nobody, or several (BLK-11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from licensing.models.bulk import AssignmentRow
from portal.accounts.models import User
from portal.accounts.models.user import UserKind

SHOWN = 3
# A word that more people share says nothing about who is meant.
_RARE = 5

_NEAR = f"""
WITH asked AS (SELECT DISTINCT lower(name) AS name FROM unnest(%s::text[]) AS name),
words AS (SELECT a.name, w.word FROM asked a, unnest(string_to_array(a.name, ' ')) AS w(word) WHERE length(w.word) > 2),
known AS (
  SELECT u.id, w.word FROM "{User._meta.db_table}" u, unnest(string_to_array(lower(u.display_name), ' ')) AS w(word)
  WHERE u.kind = '{UserKind.PERSON.value}' AND u.is_active AND w.word IN (SELECT word FROM words)),
rare AS (SELECT word FROM known GROUP BY word HAVING count(DISTINCT id) <= {_RARE}),
near AS (
  SELECT w.name, k.id, row_number() OVER (PARTITION BY w.name ORDER BY count(*) DESC, k.id) AS place
  FROM words w JOIN rare r ON r.word = w.word JOIN known k ON k.word = w.word GROUP BY w.name, k.id)
SELECT name, array_agg(id ORDER BY place) FROM near WHERE place <= {SHOWN} GROUP BY name
"""  # noqa: S608 - our own names


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who could have been meant: near names by the name asked for, and how people are told apart, by their id."""

    near: Mapping[str, Sequence[int]] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)

    def of(self, row: AssignmentRow, code: str, told: Any) -> list[str]:
        """Those to be named behind the sentence of `code`."""
        ids: Sequence[int] = ()
        if code == "name_many":
            ids = told or ()
        elif code == "name_none":
            ids = self.near.get(row.name.lower(), ())
        return [self.people[pk] for pk in ids if pk in self.people]


def candidates_for(rows: Sequence[AssignmentRow]) -> Candidates:
    """The candidates of all `rows`; no query where no row needs any, otherwise two at most."""
    lost, found = set(), set()
    for row in rows:
        for _column, code, told in row.problems:
            if code == "name_none":
                lost.add(row.name)
            elif code == "name_many":
                found.update(told or ())
    near = _near(sorted(lost)) if lost else {}
    ids = found.union(*near.values())
    if not ids:
        return Candidates()
    told = User.objects.filter(pk__in=ids).values_list("pk", "display_name", "username", "identity")
    words = {
        pk: _("%(name)s (%(logon)s, %(uuid)s)") % {"name": name, "logon": logon, "uuid": uuid}
        for pk, name, logon, uuid in told
    }
    return Candidates(near, words)


def _near(names: list[str]) -> dict[str, list[int]]:
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, [names])
        return dict(cursor.fetchall())
