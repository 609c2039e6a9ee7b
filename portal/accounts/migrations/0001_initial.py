import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import timezone_field.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=150, verbose_name="Logon")),
                ("personnel_id", models.CharField(blank=True, max_length=40, verbose_name="Personnel ID")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-mail address")),
                ("display_name", models.CharField(max_length=150, verbose_name="Name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Person"),
                            ("contact", "Contact"),
                            ("support", "Support from outside"),
                            ("visitor", "Visitor from a tenant"),
                            ("prospect", "Prospect"),
                        ],
                        default="person",
                        max_length=10,
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="May sign in")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("language", models.CharField(blank=True, max_length=10, verbose_name="Language")),
                ("time_zone", timezone_field.fields.TimeZoneField(blank=True, null=True, verbose_name="Time zone")),
                (
                    "theme",
                    models.CharField(
                        choices=[("auto", "Same as the device"), ("light", "Light"), ("dark", "Dark")],
                        default="auto",
                        max_length=5,
                        verbose_name="Colours",
                    ),
                ),
                ("compact", models.BooleanField(default=True, verbose_name="Dense tables")),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PasswordHistory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128)),
                ("replaced_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="password_history",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(db_index=False, max_length=40, verbose_name="Code")),
                ("name", models.CharField(max_length=80, verbose_name="Name")),
                ("builtin", models.BooleanField(default=False)),
                (
                    "permissions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="role_code_unique"),
                    models.UniqueConstraint(django.db.models.functions.text.Lower("name"), name="role_name_unique"),
                ],
            },
        ),
        migrations.AddField(
            model_name="user",
            name="roles",
            field=models.ManyToManyField(blank=True, related_name="users", to="accounts.role", verbose_name="Roles"),
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=40)),
                ("query", models.CharField(blank=True, max_length=1000)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SupportSession",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("nonce", models.CharField(max_length=64)),
                ("actor_schema", models.CharField(max_length=63)),
                ("actor_id", models.BigIntegerField()),
                ("actor_name", models.CharField(max_length=150, verbose_name="Person")),
                ("actor_logon", models.CharField(max_length=150)),
                ("reason", models.CharField(max_length=200, verbose_name="Reason")),
                ("ip", models.GenericIPAddressField(null=True)),
                ("started_at", models.DateTimeField(verbose_name="From")),
                ("ends_at", models.DateTimeField(verbose_name="Until at the latest")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="Ended")),
                ("ended_by", models.CharField(blank=True, max_length=150, verbose_name="Ended by")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="support_sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("username"), name="user_username_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("email", ""), _negated=True),
                name="user_email_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["person", "contact", "support", "visitor", "prospect"])),
                name="user_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                models.F("user"),
                models.F("page"),
                django.db.models.functions.text.Lower("name"),
                name="saved_view_name_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportsession",
            constraint=models.UniqueConstraint(fields=("nonce",), name="support_session_nonce_unique"),
        ),
    ]
