"""Several `manage.py` commands in one process, because loading Django takes longer than most of them do.

`python -m portal.run.commands upgrade init where`: prints the addresses as JSON; everything else goes to stderr.
"""

import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError

from portal.run.console import REFUSED

ARGUMENTS = {"where": ["--json"], "collectstatic": ["--no-input", "--verbosity", "0"]}


def main(names: list[str]) -> int:
    """Run the named commands in this order; returns the exit code."""
    try:
        django.setup()
        for name in names:
            arguments, output = ARGUMENTS.get(name, []), sys.stdout if name == "where" else sys.stderr
            call_command(name, *arguments, stdout=output)
    except (ImproperlyConfigured, CommandError, OperationalError) as refusal:
        sys.stdout.write(str(refusal))
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
