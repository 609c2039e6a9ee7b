"""`manage.py init`: the management instance, its addresses and a first service template."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from tenants.services.installation import install
from tenants.services.pbx.installation import follow_settings


class Command(BaseCommand):
    help = "Create what is missing of a new installation. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        management = install(company=settings.PORTAL_COMPANY, fqdn=settings.PORTAL_MANAGEMENT_FQDN, at=timezone.now())
        self.stdout.write(f"Instance 1, “{management.name}”, is ready at {settings.PORTAL_MANAGEMENT_FQDN}.")
        pbx = follow_settings(at=timezone.now())
        if pbx is not None:
            self.stdout.write(f"The PBX “{pbx.name}” follows the settings.")
