"""`manage.py demo`: three tenants at work and requests in several states, for looking around."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.sites.demo.build import NotEmpty, build, is_there
from tenants.services.pbx.installation import ensure_simulator


class Command(BaseCommand):
    help = "Fill a new installation with demonstration data and print its sign-ins, once."

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_simulator()
        if is_there():
            self.stdout.write("The demonstration data is there already; its passwords were shown when it was made.")
            return
        try:
            sign_ins = build(at=timezone.now())
        except NotEmpty as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write("Sign-ins of the demonstration, shown this once:")
        for one in sign_ins:
            self.stdout.write(f"  {one.who:<40} {one.where:<48} {one.logon:<44} {one.password}")
