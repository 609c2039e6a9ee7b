"""What may stand in a configuration file. Everything that somebody typed passes through one of these (SEC-22).

Asterisk reads its files line by line: a semicolon begins a comment, brackets a section, quotes and angle brackets a
caller's name, and `#` at the beginning of a line an include. Names lose what could be read as one of those; everything
else is refused, because a number or a slug that is not one is a fault of ours.
"""

import re
import unicodedata

_LOOKALIKES = str.maketrans({'"': "'", ";": ",", "[": "(", "]": ")", "<": "(", ">": ")", "\\": "/", "`": "'", "|": "/"})
_DIGITS = re.compile(r"\+?[0-9*#]{1,32}", re.ASCII)
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}", re.ASCII)
_FQDN = re.compile(r"(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)*", re.ASCII)
_PATH = re.compile(r"/[A-Za-z0-9_.@+/-]{1,200}", re.ASCII)
LONGEST_NAME = 80


class NotEmittable(ValueError):
    """A value that must not stand in a file. A fault of the program: pages refuse such input long before."""


def name(text: str) -> str:
    """A name for people, as it may stand in a file: one line, without what has a meaning there; never empty."""
    kept = "".join(" " if unicodedata.category(sign).startswith(("C", "Z")) else sign for sign in text)
    plain = " ".join(kept.translate(_LOOKALIKES).replace("${", "(").replace("$[", "(").split())
    return plain.lstrip("#!=,").strip()[:LONGEST_NAME].strip() or "-"


def digits(text: str) -> str:
    """A number as telephones dial it; raises NotEmittable."""
    return _demand(_DIGITS, text)


def prefix(text: str) -> str:
    """The beginning of a number; a plus alone means every number outside. Raises NotEmittable."""
    return text if text == "+" else digits(text)


def word(text: str) -> str:
    """A name of ours: a slug, a key, a context; raises NotEmittable."""
    return _demand(_WORD, text)


def host(text: str) -> str:
    """A host name in small letters; raises NotEmittable."""
    return _demand(_FQDN, text)


def folder(text: str) -> str:
    """An absolute folder that steps of a dialplan can name; raises NotEmittable."""
    return _demand(_PATH, text)


def _demand(shape: re.Pattern[str], text: str) -> str:
    if not shape.fullmatch(text):
        raise NotEmittable(f"{text!r} may not stand in a configuration file")
    return text
