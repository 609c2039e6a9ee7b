"""Several `manage.py` commands in one process, because loading Django takes longer than most of them do.

`python -m portal.run.commands upgrade init where`: prints the addresses as JSON, with what `demo` says to people under
"demo"; everything else goes to stderr.
"""

import json
import sys
from io import StringIO

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError

from portal.run.console import REFUSED

ARGUMENTS = {
    "where": ["--json"],
    "collectstatic": ["--no-input", "--verbosity", "0"],
    "create_operator": ["--if-none", "--name", "Platform owner", "--email"],
}


def main(names: list[str]) -> int:
    """Run the named commands in this order; returns the exit code."""
    # Links and passwords stand on the console and in no log file.
    told = {name: StringIO() for name in ("where", "demo", "create_operator")}
    try:
        django.setup()
        for name in names:
            call_command(name, *_arguments(name), stdout=told.get(name, sys.stderr))
    except (ImproperlyConfigured, CommandError, OperationalError) as refusal:
        sys.stdout.write(str(refusal))
        return REFUSED
    if "where" in names:
        sys.stdout.write(json.dumps({**json.loads(told["where"].getvalue()), "demo": told["demo"].getvalue()}))
    return 0


def _arguments(name: str) -> list[str]:
    last = [settings.PORTAL_OPERATOR_EMAIL] if name == "create_operator" else []
    return [*ARGUMENTS.get(name, []), *last]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
