"""`python -m portal up | manage | test | bench | prove | asterisk`: the launcher behind the commands in bin/."""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from portal.run.asterisk.foreground import remove, run, show
from portal.run.console import Refusal, _, complain
from portal.run.manage import manage
from portal.run.prepare import default_folder
from portal.run.scripts import run_script
from portal.run.test import run_tests
from portal.run.up import up


def _port(text: str) -> int:
    if text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(_("a port is a number from 1 to 65535"))


def _up(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/run", allow_abbrev=False)
    parser.add_argument("--port", type=_port, default=8000, help=_("where the portal listens (8000)"))
    parser.add_argument("--data", type=Path, default=default_folder(), help=_("the data folder (var)"))
    parser.add_argument("--demo", action="store_true", help=_("add demo tenants"))
    parser.add_argument("--pbx", action="store_true", help=_("start an Asterisk beside the portal"))
    given = parser.parse_args(words)
    return up(data=given.data, port=given.port, demo=given.demo, pbx=given.pbx)


def _asterisk(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/asterisk", allow_abbrev=False)
    parser.add_argument("--data", type=Path, help=_("start one on the loopback address, with its files in this folder"))
    parser.add_argument("--port", type=_port, help=_("where telephones reach it (5060, or the one of last time)"))
    parser.add_argument("--ami", type=_port, help=_("where its manager interface listens (a free one)"))
    parser.add_argument("--remove", action="store_true", help=_("remove what was fetched"))
    given = parser.parse_args(words)
    if given.remove:
        return remove()
    return show() if given.data is None else run(data=given.data, sip_port=given.port, ami_port=given.ami)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "up": _up,
    "manage": manage,  # everything behind it belongs to Django
    "test": run_tests,  # everything behind it belongs to pytest
    "bench": partial(run_script, "bench"),
    "prove": partial(run_script, "prove"),
    "asterisk": _asterisk,
}


def main(words: list[str]) -> int:
    """Run one command; returns its exit code. A refusal is one sentence and exit code 1."""
    if not words or words[0] not in COMMANDS:
        complain(_("python -m portal {commands}").format(commands=" | ".join(COMMANDS)))
        return 2
    try:
        return COMMANDS[words[0]](words[1:])
    except Refusal as refusal:
        complain(str(refusal))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
