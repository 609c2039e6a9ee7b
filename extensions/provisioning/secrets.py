"""What proves that a telephone may fetch: made by the system, and compared in a time that tells nothing (PRV-01)."""

import base64
import binascii
import hmac
import secrets
from dataclasses import fields

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

from extensions.provisioning.device import TEMPLATE_VERSION, Device

# Small letters and digits that cannot be taken for each other: people type them into a telephone's own page.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
SECRET_LENGTH = 27  # 133 bits
PASSWORD_LENGTH = 24


def new_secret() -> str:
    """The secret part of an address, with more than 128 bits."""
    return _draw(SECRET_LENGTH)


def new_password() -> str:
    """A password with more than 110 bits."""
    return _draw(PASSWORD_LENGTH)


def digest_of(secret: str) -> str:
    """What finds a secret again, useless to whoever reads the table."""
    return _keyed("secret", secret, settings.SECRET_KEY)


def digests_of(secret: str) -> list[str]:
    """The same under the present key and those before it."""
    return [_keyed("secret", secret, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def etag_of(body: str) -> str:
    """The mark of a file, as HTTP writes it; nobody can try passwords on it."""
    return f'"{_keyed("file", body, settings.SECRET_KEY)}"'


def tag_of(device: Device) -> str:
    """The mark of everything that a telephone is told; another one means that it must fetch again."""
    facts = [getattr(device, one.name) for one in fields(device) if one.name != "model"]
    return _keyed("device", repr((TEMPLATE_VERSION, device.model.code, facts)), settings.SECRET_KEY)


def same(one: str, other: str) -> bool:
    """Whether both are equal, in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())


def basic_credentials(header: str) -> tuple[str, str] | None:
    """User and password of an `Authorization` header (RFC 7617), or None where it holds none."""
    scheme, _blank, value = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, colon, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (user, password) if colon else None


def _keyed(purpose: str, text: str, key: str) -> str:
    salt = f"extensions.provisioning.{purpose}"
    told = f"{connection.schema_name}:{text}"
    return salted_hmac(salt, told, secret=key, algorithm="sha256").hexdigest()


def _draw(length: int) -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(length))
