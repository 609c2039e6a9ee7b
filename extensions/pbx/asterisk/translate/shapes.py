"""What may pass for a number, a text, an address or a moment; anything else becomes empty."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime

from extensions.pbx.ami.message import Message

MOST_TEXT = 80
NOBODY = ("<unknown>", "unknown", "anonymous", "asterisk", "restricted")

_NUMBER = re.compile(r"\+?[0-9*#]{1,32}")
_ID = re.compile(r"[\x21-\x7e]{1,150}")
_ADDRESS = re.compile(
    r"sips?:(?:[^@]{0,128}@)?(\[[0-9a-fA-F:.]{2,45}\](?::[0-9]{1,5})?|[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?)"
)
_EARLIEST, _LATEST = 946_684_800.0, 4_102_444_800.0  # the years 2000 to 2100
_NOISE = 1.0  # seconds: what a ping cannot tell from the time it takes


def number_of(text: str) -> str:
    """A number as people dial it, or nothing."""
    return text if _NUMBER.fullmatch(text) else ""


def text_of(text: str) -> str:
    """A name or label: one line, nothing that turns the direction of what stands beside it, at most 80 characters."""
    if text.isascii() and text.isprintable():
        clean = text[:MOST_TEXT].strip()
    else:
        kept = "".join(sign for sign in text[: 4 * MOST_TEXT] if unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))
        clean = kept[:MOST_TEXT].strip()
    return "" if clean.lower() in NOBODY else clean


def id_of(text: str) -> str:
    """What a PBX calls a channel, call or bridge: visible signs without spaces, or nothing."""
    return text if _ID.fullmatch(text) else ""


def address_of(uri: str) -> str:
    """Host and port of a telephone's contact, or nothing."""
    found = _ADDRESS.match(uri)
    return found[1] if found else ""


def count_of(text: str) -> int:
    """A number of things; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class Clock:
    """A PBX's moments in our time. `skew` tells its clock minus ours in seconds, `now` our time."""

    def __init__(self, now: Callable[[], datetime], skew: Callable[[], float] = lambda: 0.0) -> None:
        self.now = now
        self._skew = skew

    def at(self, message: Message) -> datetime:
        """When a message was sent: as it says itself, otherwise now."""
        return self.moment(message.get("Timestamp")) or self.now()

    def moment(self, seconds: str) -> datetime | None:
        """Seconds since the epoch by the PBX's clock; None for what is no such moment."""
        try:
            stated = float(seconds)
        except ValueError:
            return None
        if not _EARLIEST < stated < _LATEST:
            return None
        skew = self._skew()
        return datetime.fromtimestamp(stated - (skew if abs(skew) > _NOISE else 0.0), UTC)
