"""pg_trgm finds parts of names through an index. It lives in `public`, once for all schemas.

PostgreSQL trusts it, so that the owner of a database may install it; where it is missing or forbidden, search is slower
and nothing else changes.
"""

from django.db import migrations

FORWARD = """
DO $body$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'pg_trgm is not available (%); parts of names are searched without an index', SQLERRM;
END $body$;
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0007_device_registration")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
