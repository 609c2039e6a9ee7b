"""Secrets stand in the log as “changed”, never by value (AUD-07)."""

from typing import Any

CHANGED = "changed"
# Fields with these names are secrets wherever they stand.
SECRET_NAMES = frozenset({"password", "token", "secret", "nonce", "pin", "sealed"})


def mask(value: str | None) -> str:
    """The same word for every secret, whatever its length; nothing for no secret.

    The library hands over text, so that an absent value arrives as the word None.
    """
    return CHANGED if value and value != "None" else ""


def is_secret(field: Any) -> bool:
    """Whether a model's field must never stand in the log by value."""
    return bool(getattr(field, "secret", False)) or field.name in SECRET_NAMES
