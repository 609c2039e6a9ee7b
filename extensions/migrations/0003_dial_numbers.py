"""The database keeps the list of numbers that can be dialled inside a tenant, so that no path can go round it (TEN-06).

One trigger per table and event, for whole statements: an import of 15,000 extensions costs one more insert. The table is
named through TG_TABLE_SCHEMA, because cloning copies rows while another schema is active. Names in this file are
unqualified: function and triggers are made in the schema that is being migrated.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION extensions_keep_dial_numbers() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    kind text := TG_ARGV[0];
    digits text := TG_ARGV[1];
    wanted text := CASE WHEN TG_NARGS > 2 THEN format('one.%I', TG_ARGV[2]) ELSE 'true' END;
BEGIN
    IF TG_OP = 'DELETE' THEN
        EXECUTE format('DELETE FROM %I.extensions_dialnumber USING before WHERE kind = %L AND owner_id = before.id',
                       TG_TABLE_SCHEMA, kind);
    ELSIF TG_OP = 'INSERT' THEN
        EXECUTE format('INSERT INTO %I.extensions_dialnumber (number, kind, owner_id) '
                       'SELECT one.%I, %L, one.id FROM after AS one WHERE one.%I <> '''' AND %s',
                       TG_TABLE_SCHEMA, digits, kind, digits, wanted);
    ELSE
        EXECUTE format('DELETE FROM %I.extensions_dialnumber AS kept USING before, after WHERE kept.kind = %L '
                       'AND kept.owner_id = before.id AND after.id = before.id '
                       'AND (before.%I, %s) IS DISTINCT FROM (after.%I, %s)',
                       TG_TABLE_SCHEMA, kind, digits, replace(wanted, 'one.', 'before.'),
                       digits, replace(wanted, 'one.', 'after.'));
        EXECUTE format('INSERT INTO %I.extensions_dialnumber (number, kind, owner_id) '
                       'SELECT one.%I, %L, one.id FROM after AS one JOIN before ON before.id = one.id '
                       'WHERE one.%I <> '''' AND %s AND (before.%I, %s) IS DISTINCT FROM (one.%I, %s)',
                       TG_TABLE_SCHEMA, digits, kind, digits, wanted,
                       digits, replace(wanted, 'one.', 'before.'), digits, wanted);
    END IF;
    RETURN NULL;
END
$body$;
"""
# table → what it holds, the column with the number, and a column that must be true for it to count
OWNERS = {
    "extensions_extension": ("extension", "number"),
    "extensions_team": ("team", "number"),
    "extensions_mailbox": ("mailbox", "number"),
    "extensions_conferenceroom": ("conference", "number"),
    "extensions_parkinglot": ("parking", "number"),
    "extensions_parkingslot": ("slot", "number"),
    "extensions_featurecode": ("feature", "code", "enabled"),
}
SEEN = {
    "INSERT": "NEW TABLE AS after",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS after",
    "DELETE": "OLD TABLE AS before",
}


def triggers() -> str:
    statements = []
    for table, arguments in OWNERS.items():
        quoted = ", ".join(f"'{argument}'" for argument in arguments)
        statements += [
            f"CREATE TRIGGER dial_numbers_{event.lower()} AFTER {event} ON {table} REFERENCING {seen} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION extensions_keep_dial_numbers({quoted});"
            for event, seen in SEEN.items()
        ]
    return "\n".join(statements)


EXISTING = """
INSERT INTO extensions_dialnumber (number, kind, owner_id) SELECT number, 'extension', id FROM extensions_extension;
"""
BACKWARD = "DROP FUNCTION extensions_keep_dial_numbers() CASCADE; DELETE FROM extensions_dialnumber;"


class Migration(migrations.Migration):
    dependencies = [("extensions", "0002_phone_system")]

    operations = [migrations.RunSQL(FUNCTION + triggers() + EXISTING, BACKWARD)]
