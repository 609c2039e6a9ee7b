"""What may be wrong with a row in this company, said once, in SQL, for one row as for 15,000 (BLK-08 to BLK-12).

`said` are the rows looked at; `who` says whom each of them means; the rules see `r` (row with its user), `d` (whatever
is dialled by the key), `pe` (the user's extension), `o` (the outside number) and `oe` (the extension that it rings).
"""

from dataclasses import dataclass

from django.db.models import Model

from extensions.models import DialNumber, Extension, OutsideNumber
from licensing.models.bulk import AssignmentRow
from portal.accounts.models import User
from portal.accounts.models.user import UserKind
from tenants.models import Sku
from tenants.skus import NUMBER


@dataclass(frozen=True, slots=True)
class Rule:
    """`when` it is broken, `code` names the sentence in `problems.py`, `told` (jsonb) is what that needs."""

    column: str
    code: str
    when: str
    told: str = "NULL"

    @property
    def sql(self) -> str:
        return f"CASE WHEN {self.when} THEN jsonb_build_array('{self.column}', '{self.code}', {self.told}) END"


def _table(model: type[Model]) -> str:
    return f'"{model._meta.db_table}"'


ROW, USER, EXTENSION = _table(AssignmentRow), _table(User), _table(Extension)
PERSON_KIND = UserKind.PERSON.value

# The first of the template's add-ons that works only with a number; asked once for all rows.
_NEEDING = (
    f"(SELECT name FROM {_table(Sku)} WHERE code = ANY(%(addons)s::text[]) "  # noqa: S608 - our own names
    f"AND requires @> '[\"{NUMBER}\"]' ORDER BY position LIMIT 1)"
)

# Of each row and the company as it is now; asked again for every chunk of a run.
NOW = (
    Rule("ext_key", "key_emergency", "r.key = ANY(%(emergency)s)"),
    Rule("ext_key", "key_taken", "d.id IS NOT NULL", "to_jsonb(d.kind)"),
    Rule("person", "name_none", "r.found = 0 AND r.name <> '' AND NOT r.locked"),
    Rule("person", "uuid_none", "r.found = 0 AND r.identity IS NOT NULL AND NOT r.locked"),
    Rule("person", "user_locked", "r.found = 0 AND r.locked"),
    Rule("person", "name_many", "r.found > 1", "to_jsonb(r.candidates)"),
    Rule("person", "user_assigned", "pe.id IS NOT NULL", "to_jsonb(pe.number)"),
    Rule("number", "number_none", "r.e164 <> '' AND o.id IS NULL"),
    Rule("number", "number_taken", "o.extension_id IS NOT NULL", "to_jsonb(coalesce(oe.number, ''))"),
    Rule("number", "number_needed", f"r.number = '' AND {_NEEDING} IS NOT NULL", f"to_jsonb({_NEEDING})"),
)
# Among all rows of a template; they do not change while it runs.
AMONG = (
    Rule("ext_key", "key_twice", "k.n > 1", "to_jsonb(k.lines[1:6])"),
    Rule("person", "user_twice", "u2.n > 1", "to_jsonb(u2.lines[1:6])"),
    Rule("number", "number_twice", "n2.n > 1", "to_jsonb(n2.lines[1:6])"),
)

# Whom a row means: everybody by that name, or the one with that UUID. People who may not sign in do not count.
_WHO = f"""
named AS (
  SELECT lower(display_name) AS name, count(*) FILTER (WHERE is_active) AS found,
         min(id) FILTER (WHERE is_active) AS user_id, bool_or(NOT is_active) AS locked,
         (array_agg(id ORDER BY id) FILTER (WHERE is_active))[1:5] AS candidates
  FROM {USER} WHERE kind = '{PERSON_KIND}' AND lower(display_name) IN (SELECT lower(name) FROM said WHERE name <> '')
  GROUP BY 1),
who AS (
  SELECT s.*, coalesce(p.found, (u.is_active)::int, 0) AS found,
         CASE WHEN p.found = 1 THEN p.user_id WHEN u.is_active THEN u.id END AS meant,
         coalesce(p.locked, NOT u.is_active, false) AS locked, p.candidates
  FROM said s
  LEFT JOIN named p ON s.name <> '' AND p.name = lower(s.name)
  LEFT JOIN {USER} u ON u.identity = s.identity AND u.kind = '{PERSON_KIND}')"""  # noqa: S608 - our own names
# While a run goes on: whoever was meant when it began, if they are still there and may still sign in.
_WHO_STILL = f"""
who AS (
  SELECT s.*, (s.user_id IS NULL OR coalesce(u.is_active, false))::int AS found,
         CASE WHEN u.is_active THEN u.id END AS meant, coalesce(NOT u.is_active, false) AS locked,
         NULL::bigint[] AS candidates
  FROM said s LEFT JOIN {USER} u ON u.id = s.user_id AND u.kind = '{PERSON_KIND}')"""  # noqa: S608 - our own names
_SEEN = f"""
  LEFT JOIN {_table(DialNumber)} d ON d.number = r.key
  LEFT JOIN {EXTENSION} pe ON pe.user_id = r.meant
  LEFT JOIN {_table(OutsideNumber)} o ON o.e164 = r.e164
  LEFT JOIN {EXTENSION} oe ON oe.id = o.extension_id"""
_TWICE = """
  LEFT JOIN twice_key k ON k.key = r.key
  LEFT JOIN twice_user u2 ON u2.meant = r.meant
  LEFT JOIN twice_number n2 ON n2.e164 = r.e164"""


def _twice(column: str, empty: str) -> str:
    return (
        f"(SELECT {column}, count(*) AS n, array_agg(coalesce(line, 0) ORDER BY position) AS lines "  # noqa: S608
        f"FROM who WHERE {column} {empty} GROUP BY 1 HAVING count(*) > 1)"
    )


def _found(rules: tuple[Rule, ...]) -> str:
    return f"to_jsonb(array_remove(ARRAY[{', '.join(rule.sql for rule in rules)}]::jsonb[], NULL))"


# The rows of template %(template)s without an outcome, with whom they mean and all their problems.
ALL_ROWS = f"""
WITH said AS (SELECT * FROM {ROW} WHERE template_id = %(template)s AND state = 'waiting'),
{_WHO},
twice_key AS {_twice("key", "<> ''")},
twice_user AS {_twice("meant", "IS NOT NULL")},
twice_number AS {_twice("e164", "<> ''")},
checked AS (
  SELECT r.id, r.meant, r.problems AS before, r.user_id AS user_before, r.shape || {_found(NOW + AMONG)} AS found_now
  FROM who r {_SEEN} {_TWICE})"""  # noqa: S608 - our own names

# The rows that one chunk of a run takes: positions %(first)s to %(last)s that still wait.
CHUNK_ROWS = f"""
WITH said AS (
  SELECT * FROM {ROW} WHERE template_id = %(template)s AND position BETWEEN %(first)s AND %(last)s
  AND state = 'waiting' AND problems = '[]'),
{_WHO_STILL},
checked AS (SELECT r.id, r.meant, {_found(NOW)} AS found_now FROM who r {_SEEN})"""  # noqa: S608 - our own names
