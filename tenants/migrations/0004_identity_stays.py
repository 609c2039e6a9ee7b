"""An instance keeps its schema, number and kind for ever, and instance 1 stays (PLT-02, PLT-03, TEN-09)."""

from django.db import migrations

CREATE = """
CREATE FUNCTION tenants_keep_identity() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.instance_number = 1 THEN
            RAISE EXCEPTION 'instance 1 cannot be deleted' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.schema_name <> OLD.schema_name OR NEW.kind <> OLD.kind OR NEW.is_management <> OLD.is_management
       OR (OLD.instance_number IS NOT NULL AND NEW.instance_number IS DISTINCT FROM OLD.instance_number)
    THEN
        RAISE EXCEPTION 'schema, number and kind of % cannot change', OLD.schema_name
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$body$;

CREATE TRIGGER tenants_tenant_keeps_identity BEFORE UPDATE OR DELETE ON tenants_tenant
    FOR EACH ROW EXECUTE FUNCTION tenants_keep_identity();
"""
DROP = """
DROP TRIGGER tenants_tenant_keeps_identity ON tenants_tenant;
DROP FUNCTION tenants_keep_identity();
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_public_attempt")]

    operations = [migrations.RunSQL(CREATE, DROP)]
