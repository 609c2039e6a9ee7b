"""The world that tests live in: two tenants, and the named cast that signs in to them.

Run as a program by tests/prepared.py; the test session copies the database for each of its processes.
"""

import os
import sys

import django
from django.conf import settings

PASSWORD = "correct horse battery staple"
ALPHA, BETA = "alpha-phones.localhost", "beta-phones.localhost"
# Words planted in every tenant; one of another tenant's in an answer is a leak.
MARKERS = {"public": "⟦management-marker⟧", "t2": "⟦alpha-marker⟧", "t3": "⟦beta-marker⟧"}


def build(part: str) -> None:
    """Fill the database that `DATABASE_URL` names: with an installation, or one that is there with people."""
    if part == "installation":
        from django.core.management import call_command  # noqa: PLC0415 - Django is set up first

        call_command("upgrade", verbosity=0)
        call_command("init")
    else:
        from tests.world_people import populate  # noqa: PLC0415

        populate()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    settings.PASSWORD_HASHERS = ["tests.hashers.CheapArgon2"]
    build(sys.argv[1])
