"""The database itself keeps a tenant from having no owner or two (ROL-02).

Asked when a transaction ends, so that handing over may take one away and give one. A schema that never had an owner, and
the management instance, have no such role's link to watch. Names are unqualified: function and trigger are made in the
schema that is being migrated, and tables are named through TG_TABLE_SCHEMA.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION accounts_one_owner() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    owner_role bigint;
    owners bigint;
BEGIN
    EXECUTE format('SELECT id FROM %I.accounts_role WHERE code = ''owner''', TG_TABLE_SCHEMA) INTO owner_role;
    IF owner_role IS NULL OR NOT coalesce(NEW.role_id = owner_role, false) AND NOT coalesce(OLD.role_id = owner_role, false)
    THEN
        RETURN NULL;
    END IF;
    -- One after the other: two transactions that each add an owner must see each other.
    EXECUTE format('SELECT id FROM %I.accounts_role WHERE id = $1 FOR NO KEY UPDATE', TG_TABLE_SCHEMA)
        INTO owner_role USING owner_role;
    EXECUTE format('SELECT count(*) FROM %I.accounts_user_roles WHERE role_id = $1', TG_TABLE_SCHEMA)
        INTO owners USING owner_role;
    IF owners <> 1 THEN
        RAISE EXCEPTION 'There must be exactly one owner, not %.', owners
            USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_one_owner';
    END IF;
    RETURN NULL;
END
$body$;
CREATE CONSTRAINT TRIGGER accounts_one_owner AFTER INSERT OR UPDATE OR DELETE ON accounts_user_roles
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION accounts_one_owner();
"""

BACKWARD = """
DROP TRIGGER accounts_one_owner ON accounts_user_roles;
DROP FUNCTION accounts_one_owner();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_custom_roles_and_ownership")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
