"""A telephone's files as people may look at them: what is secret is written as dots (PRV-01)."""

from collections.abc import Mapping
from dataclasses import replace

from extensions.models import Phone, PhoneAccess
from extensions.provisioning.build import access_of, build_devices
from extensions.provisioning.device import Device
from extensions.provisioning.families import family_of
from extensions.provisioning.secrets import tag_of

HIDDEN = "•" * 8


def preview(phone: Phone) -> tuple[Mapping[str, str], bool]:
    """The files of a telephone of `phones_to_tell` by name, without secrets, and whether it must fetch again.

    Empty for a telephone that has nothing to fetch; one without an address yet is shown what it will be told.
    """
    family, access = family_of(phone.model), access_of(phone)
    if access is None:
        phone.access = PhoneAccess(phone=phone, user=phone.mac)
    device = build_devices([phone]).get(phone.pk)
    if family is None or device is None:
        return {}, False
    fetched = access is not None and access.first_at is not None
    return family.written(masked(device)), fetched and tag_of(device) != phone.access.fetched_tag


def masked(device: Device) -> Device:
    """The same without what nobody may read: passwords, and the secret of the address."""
    beginning, slash, _secret = device.access.url.partition("/p/")
    return replace(
        device,
        lines=tuple(replace(line, password=HIDDEN) for line in device.lines),
        access=replace(device.access, url=f"{beginning}{slash}{HIDDEN}/", password=HIDDEN),
        admin_password=HIDDEN,
    )
