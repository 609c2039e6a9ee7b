"""What was ordered never changes: the database refuses (REG-14). The password hash may only be blanked."""

from django.db import migrations

CREATE = """
CREATE FUNCTION tenants_keep_order() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF (NEW.reference, NEW.token, NEW.requester_id, NEW.template_version_id, NEW.name, NEW.short_name, NEW.upn_suffix,
        NEW.fqdn, NEW.user_name, NEW.ani, NEW.contact_name, NEW.contact_email, NEW.contact_phone, NEW.company,
        NEW.street, NEW.city, NEW.postal_code, NEW.country, NEW.submitted_at)
       IS DISTINCT FROM
       (OLD.reference, OLD.token, OLD.requester_id, OLD.template_version_id, OLD.name, OLD.short_name, OLD.upn_suffix,
        OLD.fqdn, OLD.user_name, OLD.ani, OLD.contact_name, OLD.contact_email, OLD.contact_phone, OLD.company,
        OLD.street, OLD.city, OLD.postal_code, OLD.country, OLD.submitted_at)
    THEN
        RAISE EXCEPTION 'request % cannot be changed any more', OLD.reference USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.password <> OLD.password AND NEW.password <> '' THEN
        RAISE EXCEPTION 'the password of request % can only be blanked', OLD.reference
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$body$;

CREATE TRIGGER tenants_request_keeps_order BEFORE UPDATE ON tenants_subscriptionrequest
    FOR EACH ROW EXECUTE FUNCTION tenants_keep_order();
"""
DROP = """
DROP TRIGGER tenants_request_keeps_order ON tenants_subscriptionrequest;
DROP FUNCTION tenants_keep_order();
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
