"""What may stand in a telephone's file at all. Whatever people typed passes through `one_line` or `dialled`."""

import re
import unicodedata

LONGEST_LABEL = 60
_DIALLED = re.compile(r"\+?[0-9*#]{1,20}", re.ASCII)
# Controls, signs that turn the direction of writing, line ends, and what no font has.
_UNWRITTEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


class NotWritable(ValueError):
    """A value that must not stand in a file. A fault of the program: what people typed was made plain before."""


def one_line(text: str) -> str:
    """A name or label as telephones show it: one line, without what no display can show, and not too long."""
    kept = "".join(" " if unicodedata.category(sign) in _UNWRITTEN else sign for sign in text)
    return " ".join(kept.split())[:LONGEST_LABEL].strip()


def demand_line(text: str) -> str:
    """`text`, if it is one line of signs that can be shown, without blanks at its ends; raises NotWritable."""
    if any(unicodedata.category(sign) in _UNWRITTEN for sign in text) or text != text.strip():
        raise NotWritable(f"{text!r} may not stand in a telephone's file")
    return text


def dialled(text: str) -> str:
    """`text`, if a telephone can dial it; raises NotWritable."""
    if not _DIALLED.fullmatch(text):
        raise NotWritable(f"{text!r} cannot be dialled")
    return text


def in_uri(number: str) -> str:
    """A number as the user part of a SIP address (RFC 3261, 19.1: `#` is written as %23)."""
    return dialled(number).replace("#", "%23")
