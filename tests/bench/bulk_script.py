"""The floor of a bulk assignment: the same effects, written by hand as one SQL script in one transaction.

COPY, one statement that checks, one for each table. It knows this one file's shape and nothing else: no rules that a
form shares, no chunks, no resuming, no states, no refusals in words.
"""

import secrets
from uuid import uuid4

from django.db import connection, transaction

from portal.core.crypto import encrypt

_LOAD = "CREATE TEMP TABLE said (line serial, key text, person text, number text) ON COMMIT DROP"
_COPY = "COPY said (key, person, number) FROM STDIN (FORMAT csv, HEADER true, FORCE_NOT_NULL (number))"
_CHECK = """
CREATE TEMP TABLE good ON COMMIT DROP AS
SELECT said.line, said.key, said.person, said.number, u.id AS user_id, u.email, CASE
  WHEN said.key !~ '^[0-9]{3,5}$' THEN 'key' WHEN d.id IS NOT NULL THEN 'taken'
  WHEN count(*) OVER (PARTITION BY said.key) > 1 THEN 'key twice'
  WHEN u.id IS NULL THEN 'nobody' WHEN count(*) OVER (PARTITION BY said.person) > 1 THEN 'user twice'
  WHEN e.id IS NOT NULL THEN 'assigned'
  WHEN said.number <> '' AND o.id IS NULL THEN 'no number' WHEN o.extension_id IS NOT NULL THEN 'number taken'
  WHEN said.number <> '' AND count(*) OVER (PARTITION BY said.number) > 1 THEN 'number twice' END AS reason
FROM said LEFT JOIN extensions_dialnumber d ON d.number = said.key
  LEFT JOIN accounts_user u ON u.display_name = said.person AND u.is_active
  LEFT JOIN extensions_extension e ON e.user_id = u.id
  LEFT JOIN extensions_outsidenumber o ON o.e164 = said.number"""
_EXTENSIONS = """
INSERT INTO extensions_extension (number, first_name, last_name, directory_name, email, mobile, user_id, sip_username,
  sip_password, state, created_at, version)
SELECT key, '', '', person, email, '', user_id, s.name, s.word, 'active', now(), 1
FROM good JOIN unnest(%s::text[], %s::text[]) WITH ORDINALITY AS s(name, word, place) ON s.place = line
WHERE reason IS NULL"""
_REST = """
INSERT INTO extensions_mailbox (extension_id, number, name, email, pin, link_token, version)
  SELECT e.id, '', '', '', '', '', 1 FROM extensions_extension e JOIN good ON good.key = e.number;
UPDATE extensions_outsidenumber o SET extension_id = e.id, assigned_at = now()
  FROM good JOIN extensions_extension e ON e.number = good.key WHERE o.e164 = good.number;
INSERT INTO licensing_assignedaddon (extension_id, sku, quantity)
  SELECT e.id, 'team_chat', 1 FROM extensions_extension e JOIN good ON good.key = e.number;
UPDATE extensions_configuration SET version = version + 1;
"""
_LOG = """
INSERT INTO audit_logentry (model, "table", verb, action, message, timestamp, cid, actor_id, user_name, acting_name,
  acting_ref, source, object_pk, object_repr, changes)
"""
_FACTS = "'post', 0, 'New', now(), '', NULL, 'Boss', '', '', 'bulk'"
_AUDIT = [
    f"""{_LOG} SELECT 'extensions.extension', 'Extension', {_FACTS}, e.id, e.directory_name, jsonb_build_object(
    'number', jsonb_build_array(NULL, e.number), 'first_name', jsonb_build_array(NULL, e.first_name),
    'last_name', jsonb_build_array(NULL, e.last_name), 'directory_name', jsonb_build_array(NULL, e.directory_name),
    'email', jsonb_build_array(NULL, e.email), 'mobile', jsonb_build_array(NULL, e.mobile),
    'user', jsonb_build_array(NULL, e.user_id), 'home_team', jsonb_build_array(NULL, e.home_team_id),
    'sip_username', jsonb_build_array(NULL, e.sip_username), 'sip_password', jsonb_build_array('', 'changed'),
    'state', jsonb_build_array(NULL, e.state), 'created_at', jsonb_build_array(NULL, e.created_at),
    'version', jsonb_build_array(NULL, e.version)) FROM extensions_extension e JOIN good ON good.key = e.number""",
    f"""{_LOG} SELECT 'extensions.mailbox', 'Voicemail box', {_FACTS}, m.id, e.number, jsonb_build_object(
    'extension', jsonb_build_array(NULL, e.id)) FROM extensions_mailbox m JOIN extensions_extension e
    ON e.id = m.extension_id JOIN good ON good.key = e.number""",
    f"""{_LOG} SELECT 'extensions.outsidenumber', 'Outside number', {_FACTS}, o.id, o.e164, jsonb_build_object(
    'extension', jsonb_build_array(NULL, o.extension_id), 'assigned_at', jsonb_build_array(NULL, o.assigned_at))
    FROM extensions_outsidenumber o JOIN good ON good.number = o.e164""",
    f"""{_LOG} SELECT 'licensing.assignedaddon', 'Add-on', {_FACTS}, a.id, e.number || ' ' || a.sku, jsonb_build_object(
    'extension', jsonb_build_array(NULL, e.id), 'pool', jsonb_build_array(NULL, a.sku),
    'quantity', jsonb_build_array(NULL, a.quantity)) FROM licensing_assignedaddon a JOIN extensions_extension e
    ON e.id = a.extension_id JOIN good ON good.key = e.number""",
]  # nothing but words of this file
_REPORT = """
INSERT INTO licensing_assignmentrow (template_id, position, line, ext_key, person, number, key, name, e164, shape,
  problems, state, user_id, user_name, extension_id, done_at)
SELECT %s, line, line + 1, good.key, person, good.number, good.key, person, good.number, '[]', '[]',
  CASE WHEN reason IS NULL THEN 'assigned' ELSE 'failed' END, good.user_id, person, e.id, now()
FROM good LEFT JOIN extensions_extension e ON e.number = good.key"""
_TEMPLATE = """
INSERT INTO licensing_assignmenttemplate (version, uuid, name, addons, state, mode, total, wrong, created_at,
  started_name, undo, conflicts)
VALUES (1, %s, 'Script', '["team_chat"]', 'completed', 'skip', %s, 0, now(), 'Boss', 'none', '[]')
RETURNING id"""


def run_script(text: bytes, rows: int) -> None:
    """Assign everything of the file, in the active tenant."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOAD)
        with cursor.copy(
            "COPY said (key, person, number) FROM STDIN (FORMAT csv, HEADER true, FORCE_NOT_NULL (number))"
        ) as copy:
            copy.write(text)
        cursor.execute(_CHECK)
        names = [secrets.token_hex(8) for _row in range(rows)]
        cursor.execute(_EXTENSIONS, [names, [encrypt(secrets.token_urlsafe(15)) for _row in range(rows)]])
        if cursor.rowcount != rows:
            raise AssertionError(f"{cursor.rowcount} of {rows} rows")
        cursor.execute(_REST)
        for statement in _AUDIT:
            cursor.execute(statement)
        cursor.execute(_TEMPLATE, [uuid4(), rows])
        cursor.execute(_REPORT, [cursor.fetchone()[0]])
