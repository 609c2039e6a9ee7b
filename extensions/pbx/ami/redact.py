"""What of a message may be written down (PBX-08): everything that may hold a secret becomes three dots."""

import re
from collections.abc import Iterable

HIDDEN = "…"

# Key is the answer to a challenge; AuthDetail tells Password and Md5Cred; the rest are parts of files and free answers.
_SECRET = re.compile(
    r"secret|passw|pwd|cred|digest|^key$|^pin$|token|challenge|^authdata"  # named so
    r"|^output$|^line-|^value|^val$|^variable$|^chanvariable|^match-|^json$"  # may quote one: files, free answers
    r"|^commandstring$|^command$|^mailcommand$|^appdata|^applicationdata$",
    re.IGNORECASE,
)


def is_secret(name: str) -> bool:
    """Whether the value of a header of this name must not be seen."""
    return _SECRET.search(name) is not None


def shown(headers: Iterable[tuple[str, str]], most: int = 40) -> str:
    """Headers in one line for a log, values cut and secrets hidden; `most` is how many headers are told."""
    told = []
    for place, (name, value) in enumerate(headers):
        if place == most:
            told.append(HIDDEN)
            break
        told.append(f"{plain(name, 40)}={HIDDEN if is_secret(name) else plain(value, 80)}")
    return " ".join(told)


def plain(text: str, most: int = 200) -> str:
    """A PBX's text for a log or a sentence: one line, printable characters only, at most `most` of them."""
    return "".join(sign if sign.isprintable() else " " for sign in text[:most]).strip()


def without(text: str, *secrets: str) -> str:
    """A text in which none of `secrets` occurs any more."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, HIDDEN)
    return text
