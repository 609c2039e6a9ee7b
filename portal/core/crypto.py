"""Secrets at rest: encrypted with a key that differs per schema."""

import base64
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import connection, models


class UnreadableSecret(Exception):
    """The stored text was not encrypted for this schema, or its key is gone."""


@lru_cache(maxsize=256)
def _cipher(schema: str) -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derive(key, schema)) for key in keys])


def _derive(key: str, schema: str) -> bytes:
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=b"portal.core.crypto", info=schema.encode())
    return base64.urlsafe_b64encode(hkdf.derive(key.encode()))


def encrypt(text: str, *, schema: str | None = None) -> str:
    """`text` encrypted for `schema` (the active one unless told)."""
    return _cipher(schema or connection.schema_name).encrypt(text.encode()).decode()


def decrypt(token: str, *, schema: str | None = None) -> str:
    """The text behind `token`; raises UnreadableSecret for another schema's token or a damaged one."""
    try:
        return _cipher(schema or connection.schema_name).decrypt(token.encode()).decode()
    except InvalidToken as fault:
        raise UnreadableSecret("This secret cannot be read here.") from fault


class EncryptedTextField(models.TextField):
    """Text that is encrypted in the database and plain in Python. Never in lists, logs or the audit log."""

    secret = True

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return encrypt(text) if text else text

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypt(value) if value else value
