"""Boxes learn of the link that shows their PIN once and of how full they are, and every extension has one (VM-01)."""

from django.db import migrations, models

BOXES = """
INSERT INTO extensions_mailbox (extension_id, number, name, email, pin, link_token, version)
SELECT one.id, '', '', '', '', '', 1 FROM extensions_extension AS one
WHERE NOT EXISTS (SELECT FROM extensions_mailbox AS box WHERE box.extension_id = one.id);
"""


class Migration(migrations.Migration):
    dependencies = [("extensions", "0003_dial_numbers")]

    operations = [
        migrations.AddField("mailbox", "link_token", models.CharField(blank=True, default="", max_length=64)),
        migrations.AddField("mailbox", "link_until", models.DateTimeField(null=True)),
        migrations.AddField("mailbox", "used_seconds", models.IntegerField(null=True, verbose_name="Seconds in use")),
        migrations.AddField("mailbox", "messages", models.IntegerField(null=True, verbose_name="Messages")),
        migrations.AddField("mailbox", "reported_at", models.DateTimeField(null=True)),
        migrations.RunSQL(BOXES, migrations.RunSQL.noop),
    ]
