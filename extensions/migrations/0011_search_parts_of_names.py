"""Parts of names are found through an index (EXT-03). The expressions are those of `extensions.search`.

The second index stands on the table of users, whose app lives in `public`, too: only tenants search people this way.
Without pg_trgm there are no indexes, and the same answers.
"""

from django.db import migrations

FORWARD = """
DO $body$ BEGIN
    IF EXISTS (SELECT FROM pg_opclass JOIN pg_namespace AS place ON place.oid = opcnamespace
               WHERE opcname = 'gin_trgm_ops' AND nspname = 'public') THEN
        CREATE INDEX extension_search_text ON extensions_extension USING gin (
            upper(number || ' ' || directory_name || ' ' || first_name || ' ' || last_name || ' ' || email)
            public.gin_trgm_ops);
        CREATE INDEX user_search_text ON accounts_user USING gin (
            upper(display_name || ' ' || username) public.gin_trgm_ops);
    END IF;
END $body$;
"""
BACKWARD = "DROP INDEX IF EXISTS user_search_text; DROP INDEX IF EXISTS extension_search_text;"


class Migration(migrations.Migration):
    dependencies = [("extensions", "0010_setup_link"), ("accounts", "0002_team_scoped_roles")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
