from django.db import migrations

# Rows of the log that name the extension that they belong to: its settings, add-ons, numbers, places in teams.
# Also of those that are gone since; what changes hands belongs to whoever has it then.
_INDEX = """
CREATE INDEX IF NOT EXISTS audit_of_extension ON audit_logentry
  ((coalesce(nullif(changes -> 'extension' ->> 1, 'None'), changes -> 'extension' ->> 0)), "timestamp" DESC)
  WHERE changes ? 'extension'
"""


class Migration(migrations.Migration):
    """Lets the page of an extension find what was done to its parts without reading the whole log (EXT-04)."""

    dependencies = [
        ("extensions", "0017_when_messages_were_deleted"),
        ("audit", "0002_append_only"),
    ]

    operations = [migrations.RunSQL(_INDEX, "DROP INDEX IF EXISTS audit_of_extension")]
