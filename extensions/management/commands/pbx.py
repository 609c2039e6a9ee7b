"""`manage.py pbx`: stay connected to every enabled PBX and tell pages what telephones and calls do."""

import asyncio
import signal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from extensions.pbx.following.supervisor import Supervisor
from tenants.services.pbx.installation import follow_settings


class Command(BaseCommand):
    help = "Follow every enabled PBX until a signal comes. Several may run; each PBX is followed by one of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--alive", type=Path, help="a file to touch at every look, for health checks")

    def handle(self, *args: Any, **options: Any) -> None:
        follow_settings(at=timezone.now())
        asyncio.run(_until_signal(options["alive"]))


async def _until_signal(alive: Path | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await Supervisor(alive=alive).run(stop)
