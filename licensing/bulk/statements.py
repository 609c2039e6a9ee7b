"""What a run does to one stretch of rows, in SQL. Parameters: see `chunk.Stretch.values`."""

from extensions.models import Mailbox, OutsideNumber
from licensing.bulk.rules import CHUNK_ROWS, EXTENSION, ROW, USER
from licensing.models import AssignedAddon

_WAITING = (
    "template_id = %(template)s AND position BETWEEN %(first)s AND %(last)s AND state = 'waiting' AND problems = '[]'"
)
_TOLD = "jsonb_build_array(jsonb_build_array(%(column)s::text, %(code)s::text, to_jsonb(%(told)s::text)))"

# Rows whose problem appeared since the start.
FAIL_WRONG = f"""{CHUNK_ROWS}
UPDATE {ROW} AS row SET problems = c.found_now, state = 'failed', done_at = %(at)s
FROM checked c WHERE row.id = c.id AND c.found_now <> '[]'"""  # noqa: S608 - our own names

COUNT_LEFT = f"SELECT count(*), count(*) FILTER (WHERE e164 <> '') FROM {ROW} WHERE {_WAITING}"  # noqa: S608

# Those beyond the first %(most)s, or beyond the first %(most)s that want a number.
FAIL_REST = f"""
UPDATE {ROW} SET problems = {_TOLD}, state = 'failed', done_at = %(at)s WHERE id IN (
  SELECT id FROM {ROW} WHERE {_WAITING} ORDER BY position OFFSET %(most)s)"""  # noqa: S608 - our own names
FAIL_NUMBERS = f"""
UPDATE {ROW} SET problems = {_TOLD}, state = 'failed', done_at = %(at)s WHERE id IN (
  SELECT id FROM {ROW} WHERE {_WAITING} AND e164 <> '' ORDER BY position OFFSET %(most)s)"""  # noqa: S608

INSERT_EXTENSIONS = f"""
INSERT INTO {EXTENSION} (number, first_name, last_name, directory_name, email, mobile, user_id, sip_username,
                         sip_password, state, created_at, version)
SELECT r.key, '', '', left(u.display_name, 100), u.email, '', u.id, s.username, s.password, 'active', %(at)s, 1
FROM (SELECT key, user_id, row_number() OVER (ORDER BY position) AS place FROM {ROW} WHERE {_WAITING}) AS r
JOIN {USER} u ON u.id = r.user_id
JOIN unnest(%(usernames)s::text[], %(passwords)s::text[]) WITH ORDINALITY AS s(username, password, place) USING (place)
ORDER BY place RETURNING id"""  # noqa: S608 - our own names

INSERT_MAILBOXES = f"""
INSERT INTO "{Mailbox._meta.db_table}" (extension_id, number, name, email, pin, link_token, version)
SELECT unnest(%(ids)s::bigint[]), '', '', '', '', '', 1"""  # noqa: S608 - our own names

ASSIGN_NUMBERS = f"""
UPDATE "{OutsideNumber._meta.db_table}" AS o SET extension_id = e.id, assigned_at = %(at)s
FROM (SELECT key, e164 FROM {ROW} WHERE {_WAITING} AND e164 <> '') AS r JOIN {EXTENSION} e ON e.number = r.key
WHERE o.e164 = r.e164 AND o.extension_id IS NULL"""  # noqa: S608 - our own names

INSERT_ADDONS = f"""
INSERT INTO "{AssignedAddon._meta.db_table}" (extension_id, sku, quantity)
SELECT id, sku, 1 FROM unnest(%(ids)s::bigint[]) AS id CROSS JOIN unnest(%(skus)s::text[]) AS sku"""  # noqa: S608

MARK_ASSIGNED = f"""
UPDATE {ROW} AS row SET state = 'assigned', done_at = %(at)s, extension_id = e.id,
       user_name = left(e.directory_name, 150)
FROM {EXTENSION} e
WHERE e.number = row.key AND row.template_id = %(template)s AND row.position BETWEEN %(first)s AND %(last)s
  AND row.state = 'waiting' AND row.problems = '[]'"""  # noqa: S608 - our own names
