"""`manage.py upgrade`: bring shared tables and every tenant's schema to this version."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants.services.migrations import UpgradeStopped, upgrade


class Command(BaseCommand):
    help = "Migrate the shared tables, then every tenant's schema that is behind. Can be stopped and run again."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = upgrade(self.stdout.write)
        except UpgradeStopped as stopped:
            raise CommandError(
                f"Stopped at {stopped}\nNothing of this schema was changed; run again to go on."
            ) from stopped
        self.stdout.write(f"{count} schemas migrated; everything is up to date.")
