"""`manage.py upgrade`: bring shared tables and every tenant's schema to this version."""

from typing import Any

from django.core.management.base import BaseCommand

from tenants.services.migrations import upgrade


class Command(BaseCommand):
    help = "Migrate the shared tables, then every tenant's schema that is behind. Can be stopped and run again."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        count = upgrade(self.stdout.write)
        self.stdout.write(f"{count} schemas migrated; everything is up to date.")
