"""The database counts licences itself, so that no path, bulk or import can use one that is not there (LIC-15, TEN-06).

One trigger per table and event, for whole statements: 15,000 extensions made at once cost one update of the pool and one
row of the ledger. The table is named through TG_TABLE_SCHEMA, as in `extensions_keep_dial_numbers`. Arguments: what each
row says (over the alias `one`) of its SKU, how many it uses, which extension it is about, and that one's number; and why.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION licensing_keep_count() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    facts text := format('SELECT %s AS sku, %s AS n, %s AS ext, %s AS who FROM ',
                         TG_ARGV[0], TG_ARGV[1], TG_ARGV[2], TG_ARGV[3]);
    lost text := replace(facts, format(', %s AS n', TG_ARGV[1]), format(', -(%s) AS n', TG_ARGV[1]));
    moved text := CASE TG_OP WHEN 'INSERT' THEN facts || 'after AS one' WHEN 'DELETE' THEN lost || 'before AS one'
                             ELSE facts || 'after AS one UNION ALL ' || lost || 'before AS one' END;
    missing bigint;
BEGIN
    EXECUTE format($sql$
        WITH moved AS (SELECT sku, sum(n)::int AS n, min(ext) AS low, max(ext) AS high, max(who) AS who
                         FROM (%2$s) AS one GROUP BY sku HAVING sum(n) <> 0),
        counted AS (UPDATE %1$I.licensing_pool AS pool SET used = pool.used + moved.n FROM moved
                     WHERE pool.sku = moved.sku RETURNING pool.sku, moved.n, pool.used, low, high, who),
        told AS (INSERT INTO %1$I.licensing_ledgerentry (sku, counter, change, balance, reason, extension, by, at)
                 SELECT sku, 'used', n, used, coalesce(nullif(current_setting('licensing.reason', true), ''), %3$L),
                        CASE WHEN low = high THEN coalesce(who,
                             (SELECT number FROM %1$I.extensions_extension AS there WHERE there.id = low), '')
                             ELSE '' END,
                        coalesce(current_setting('licensing.by', true), ''), now() FROM counted)
        SELECT (SELECT count(*) FROM moved WHERE n > 0) - (SELECT count(*) FROM counted WHERE n > 0)
    $sql$, TG_TABLE_SCHEMA, moved, TG_ARGV[4]) INTO missing;
    IF missing > 0 THEN
        RAISE EXCEPTION 'no such licence was bought' USING ERRCODE = 'check_violation',
              CONSTRAINT = 'pool_used_within_bought', TABLE = 'licensing_pool', SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NULL;
END
$body$;
"""
# table → SKU, how many, extension, its number, reason; and the events at which it counts
COUNTED = {
    "extensions_extension": (["'phone_system'::text", "1", "one.id", "one.number", "extensions"], ["INSERT", "DELETE"]),
    "licensing_assignedaddon": (
        ["one.sku", "one.quantity", "one.extension_id", "NULL::text", "addons"],
        ["INSERT", "UPDATE", "DELETE"],
    ),
    "extensions_outsidenumber": (
        [
            "'license_number'::text",
            "CASE WHEN one.extension_id IS NULL THEN 0 ELSE 1 END",
            "one.extension_id",
            "NULL::text",
            "numbers",
        ],
        ["INSERT", "UPDATE", "DELETE"],
    ),
}
SEEN = {
    "INSERT": "NEW TABLE AS after",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS after",
    "DELETE": "OLD TABLE AS before",
}


def triggers() -> str:
    statements = []
    for table, (arguments, events) in COUNTED.items():
        quoted = ", ".join("'" + argument.replace("'", "''") + "'" for argument in arguments)
        statements += [
            f"CREATE TRIGGER licences_{event.lower()} AFTER {event} ON {table} REFERENCING {SEEN[event]} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION licensing_keep_count({quoted});"
            for event in events
        ]
    return "\n".join(statements)


class Migration(migrations.Migration):
    dependencies = [("licensing", "0001_licences"), ("extensions", "0016_outside_numbers")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION licensing_keep_count() CASCADE"),
        migrations.RunSQL(triggers(), migrations.RunSQL.noop),
    ]
