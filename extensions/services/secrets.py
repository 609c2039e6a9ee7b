"""The sign-in of a telephone: made by the system, never chosen (EXT-01, EXT-11)."""

import secrets

from django.db import transaction

from extensions.events import ExtensionChanged
from extensions.models import Extension
from extensions.services.configuration import configuration_changed
from portal.accounts.models import User
from portal.core.events import emit

# Without 0/O, 1/l/I: people copy these from paper into telephones.
_SMALL = "abcdefghjkmnpqrstuvwxyz23456789"
_LETTERS = _SMALL + "ABCDEFGHJKLMNPQRSTUVWXYZ"
USERNAME_LENGTH = 12
PASSWORD_LENGTH = 20


def new_sip_username() -> str:
    """A username that says nothing about the extension, so that guessing numbers leads nowhere."""
    return _draw(_SMALL, USERNAME_LENGTH)


def new_sip_password() -> str:
    """A password with more than 110 bits."""
    return _draw(_LETTERS, PASSWORD_LENGTH)


def new_sip_sign_ins(count: int) -> tuple[list[str], list[str]]:
    """Usernames and passwords as above for a whole set, a hundred times faster than one by one."""
    names, passwords = _draw(_SMALL, USERNAME_LENGTH * count), _draw(_LETTERS, PASSWORD_LENGTH * count)
    return _cut(names, USERNAME_LENGTH), _cut(passwords, PASSWORD_LENGTH)


@transaction.atomic
def regenerate_sip_password(*, extension: Extension, by: User) -> Extension:
    """Give the extension a new password; telephones with the old one are refused from now on. Returns it changed."""
    locked = Extension.objects.select_for_update().get(pk=extension.pk)
    locked.sip_password = new_sip_password()
    locked.save(update_fields=["sip_password"])
    emit(ExtensionChanged(extension_id=locked.pk, by_id=by.pk))
    configuration_changed(by=by)
    return locked


def _draw(alphabet: str, length: int) -> str:
    """`length` signs, each equally likely: bytes beyond the last whole round of the alphabet are thrown away."""
    signs = alphabet.encode()
    whole = 256 - 256 % len(signs)
    table, beyond = bytes(signs[place % len(signs)] for place in range(256)), bytes(range(whole, 256))
    drawn = b""
    while len(drawn) < length:
        drawn += secrets.token_bytes(length - len(drawn) + 16).translate(table, beyond)
    return drawn[:length].decode()


def _cut(text: str, length: int) -> list[str]:
    return [text[start : start + length] for start in range(0, len(text), length)]
