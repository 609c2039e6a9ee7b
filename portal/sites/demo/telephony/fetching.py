"""Telephones of a demonstration company that have fetched their configuration, as telephones do it."""

from datetime import datetime, timedelta

from extensions.models import Extension
from extensions.provisioning.answer import answer
from extensions.provisioning.build import build_devices, phones_to_tell
from extensions.provisioning.families import family_of
from extensions.provisioning.journal import Asked
from extensions.services.phones.access import issue_access
from portal.accounts.models import User

OFFICE = "203.0.113.40"  # RFC 5737


def let_fetch(desk: Extension, *, by: User, at: datetime, ago: timedelta) -> None:
    """Give the telephone of `desk` an address, and let it fetch all its files `ago`."""
    phone = phones_to_tell().filter(extension=desk).order_by("pk").first()
    family = family_of(phone.model) if phone else None
    if phone is None or family is None:
        return
    access = issue_access(phone=phone, by=by, at=at - ago - timedelta(minutes=5))
    device = build_devices([phones_to_tell().get(pk=phone.pk)])[phone.pk]
    for file in family.files:
        name, agent = file.name(device), f"{family.vendor} {device.model.name}"
        answer(Asked(access.secret, name, "GET", OFFICE, agent), at=at - ago)


def let_wait(desk: Extension, *, by: User, at: datetime) -> None:
    """Give the telephone of `desk` an address that nobody has entered yet."""
    phone = desk.phones.order_by("pk").first()
    if phone is not None:
        issue_access(phone=phone, by=by, at=at)
