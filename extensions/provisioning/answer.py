"""What a telephone's request gets. Whatever is wrong with it, the answer is the same 404 (PRV-01, THR-22).

A telephone shows the secret of its address. The first time that is enough, for 24 hours; with its configuration it is
told a name and a password, and from then on it needs them, too. Only a request with the right secret and no password
at all is asked for it, because telephones send one only when asked.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from extensions.models import PhoneAccess
from extensions.provisioning.build import build_devices, phones_to_tell
from extensions.provisioning.device import Device
from extensions.provisioning.families import Family, FileKind, family_of
from extensions.provisioning.journal import Asked, write_down
from extensions.provisioning.limits import (
    address_locked,
    count_miss,
    count_miss_of,
    secret_locked,
    source_of,
    too_fast,
)
from extensions.provisioning.secrets import basic_credentials, digests_of, etag_of, same, tag_of

# After the first success the rest of the files may follow without a password, from the same address: makers split
# their configuration, and an answer may get lost.
GRACE = timedelta(minutes=10)
_MAC = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: str = ""
    content_type: str = "text/plain"
    etag: str = ""


class _Wrong(Exception):
    """The request is none that this telephone would make, and counts."""


NOTHING = Answer(404, "Not found\n")
WHO = Answer(401, "Sign in\n")


def answer(asked: Asked, *, at: datetime) -> Answer:
    """The file that was asked for, 304 where it is known already, 401 where the password is missing, else `NOTHING`."""
    source = source_of(asked.address)
    if address_locked(source, at):
        return NOTHING
    access = _access(asked.secret)
    if access is None or asked.method not in ("GET", "HEAD"):
        count_miss(source, at)
        return NOTHING
    if secret_locked(access, at) or too_fast(access, at):
        return NOTHING
    try:
        return _to_known(access, asked, at)
    except _Wrong:
        count_miss(source, at)
        count_miss_of(access, at)
        return NOTHING


def _access(secret: str) -> PhoneAccess | None:
    """The access with this secret, together with what its telephone is told; None where there is none."""
    found = PhoneAccess.objects.filter(digest__in=digests_of(secret)).first()
    if found is None or not same(found.secret or "", secret):
        return None
    phone = phones_to_tell().get(pk=found.phone_id)
    return phone.access


def _to_known(access: PhoneAccess, asked: Asked, at: datetime) -> Answer:
    """The answer to somebody with the right secret. Raises _Wrong."""
    refused = _without_right(access, asked, at)
    if refused is not None:
        return refused
    family, device = family_of(access.phone.model), build_devices([access.phone]).get(access.phone_id)
    if family is None or device is None:
        return NOTHING
    file = family.file_named(asked.file, device)
    fits = bool(family.agent.search(asked.agent))
    if file is None:
        return _absent(family, access, asked, fits=fits, at=at)
    return _file(file, device, access, asked, fits=fits, at=at)


def _without_right(access: PhoneAccess, asked: Asked, at: datetime) -> Answer | None:
    """What is said where the secret alone is not enough, or None where the request may go on. Raises _Wrong."""
    if access.first_at is None:
        return None if at < access.until else NOTHING
    if at < access.first_at + GRACE and asked.address == access.first_address and not asked.authorization:
        return None
    if not asked.authorization:
        return WHO
    user, password = basic_credentials(asked.authorization) or ("", "")
    if not same(user, access.user) & same(password, access.password or ""):
        raise _Wrong
    return None


def _absent(family: Family, access: PhoneAccess, asked: Asked, *, fits: bool, at: datetime) -> Answer:
    """A file that this telephone does not have. What its maker asks for in vain is no fault; all else is _Wrong."""
    name = asked.file.casefold()
    others = set(_MAC.findall(name)) - {access.phone.mac, "000000000000"}
    if family.asks_in_vain.fullmatch(name) and not others:
        return NOTHING
    write_down(access, asked, status=404, agent_fits=fits, at=at)
    raise _Wrong


def _file(
    file: FileKind, device: Device, access: PhoneAccess, asked: Asked, *, fits: bool, at: datetime
) -> Answer:  # fmt: skip
    body = file.write(device)
    etag = etag_of(body)
    known = etag in [one.strip().removeprefix("W/") for one in asked.etag.split(",")]
    status = 304 if known else 200
    write_down(access, asked, status=status, agent_fits=fits, at=at)
    if file.with_account and asked.method == "GET":
        _fetched(access, tag_of(device), asked.address, at)
    return Answer(status, "" if known else body, file.content_type, etag)


def _fetched(access: PhoneAccess, tag: str, address: str | None, at: datetime) -> None:
    """The telephone has its configuration; with the first time, the secret alone is no longer enough."""
    first = {"first_at": at, "first_address": address} if access.first_at is None else {}
    # audit: PhoneFetch is the history of it
    PhoneAccess.objects.filter(pk=access.pk).update(
        fetched_at=at, fetched_tag=tag, wanted_tag=tag, misses=0, locked_at=None, **first
    )
