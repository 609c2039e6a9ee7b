"""What the commands print, and the refusals that end them in one plain sentence."""

import gettext
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
REFUSED = 3  # a child's exit code: what it printed is one sentence for the person who started the portal
_ = gettext.translation("django", localedir=ROOT / "portal" / "locale", fallback=True).gettext


class Refusal(Exception):
    """The command cannot go on; the text is one sentence for the person who typed it."""


def say(text: str = "") -> None:
    """Print one line at once, also into a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Print a refusal or a warning where errors go."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


@contextmanager
def timed(title: str) -> Iterator[None]:
    """Print `title` at once, and the seconds that the block took behind it."""
    began = time.monotonic()
    sys.stdout.write(f"  {title:<44}")
    sys.stdout.flush()
    try:
        yield
    except BaseException:
        say()
        raise
    say(f"{time.monotonic() - began:6.1f} s")


def last_lines(log: Path, count: int = 12) -> str:
    """The end of a log, indented; a sentence when there is none."""
    try:
        lines = log.read_text(errors="replace").splitlines()[-count:]
    except OSError:
        lines = []
    return "\n".join(f"    {line}" for line in lines) or "    " + _("(the log is empty)")


def block(facts: list[tuple[str, str]]) -> None:
    """Print label and value pairs, aligned, with an empty line around them."""
    width = max(len(label) for label, _value in facts)
    say()
    for label, value in facts:
        say(f"  {label:<{width}}   {value}".rstrip())
    say()
