"""The database keeps the registry of telephones of all tenants (PRV-02), so that no path can go round it: a MAC address
that another tenant has is refused by the unique index of the registry, whoever writes and however many at once.

The tenant is the one whose schema the table stands in (TG_TABLE_SCHEMA), not the one that is active.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION extensions_register_devices() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    owner bigint := (SELECT id FROM public.tenants_tenant WHERE schema_name = TG_TABLE_SCHEMA);
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM public.tenants_deviceregistration AS kept USING before
        WHERE kept.tenant_id = owner AND kept.mac = before.mac;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO public.tenants_deviceregistration (mac, tenant_id) SELECT after.mac, owner FROM after;
    END IF;
    RETURN NULL;
END
$body$;
"""
SEEN = {
    "INSERT": "NEW TABLE AS after",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS after",
    "DELETE": "OLD TABLE AS before",
}
TRIGGERS = "\n".join(
    f"CREATE TRIGGER register_devices_{event.lower()} AFTER {event} ON extensions_phone REFERENCING {seen} "
    "FOR EACH STATEMENT EXECUTE FUNCTION extensions_register_devices();"
    for event, seen in SEEN.items()
)
BACKWARD = "DROP FUNCTION extensions_register_devices() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [
        ("extensions", "0007_keys_fit_their_kind"),
        ("tenants", "0007_device_registration"),
    ]

    operations = [migrations.RunSQL(FUNCTION + TRIGGERS, BACKWARD)]
