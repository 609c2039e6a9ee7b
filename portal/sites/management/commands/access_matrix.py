"""`manage.py access_matrix`: every door of the site and who may open it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.core.events import receivers
from portal.sites.matrix import doors


class Command(BaseCommand):
    help = "Print every URL with its methods and permission; with --events, who reacts to what."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--events", action="store_true", help="list events and their receivers instead")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["events"]:
            for event, found in sorted(receivers().items(), key=lambda pair: pair[0].__qualname__):
                names = ", ".join(f"{receiver.__module__}.{receiver.__qualname__}" for receiver in found)
                self.stdout.write(f"{event.__qualname__:<32} {names or '-'}")
            return
        for door in doors():
            self.stdout.write(door.line().rstrip())
