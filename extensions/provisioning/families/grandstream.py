"""Grandstream GRP: `cfg<mac>.xml` with names instead of P numbers, which differ by model (PHONE-SYSTEM 5.1 to 5.3).

Modes of keys are written as words: the makers' own papers disagree about their numbers. Accounts count from 1, the
account of a key from 0.
"""

import re

from extensions.provisioning.device import WITH_LAMP, Device, DeviceKey, KeyType
from extensions.provisioning.families.shape import Family, FileKind
from extensions.provisioning.formats.values import dialled
from extensions.provisioning.formats.xml import XmlFile

_MODE = {
    KeyType.NONE: "None",
    KeyType.LINE: "Line",
    KeyType.BLF: "BLF",
    KeyType.PARK: "BLF",
    KeyType.SPEED: "SpeedDial",
    KeyType.VOICEMAIL: "VoiceMail",
}
_TRANSPORT = {"udp": "UDP", "tcp": "TCP", "tls": "TlsOrTcp"}
_SIGNED = "account.{}.sip.subscriber"


def _config(device: Device) -> str:
    file = XmlFile("gs_provision", version="1")
    file.leaf(None, "mac", device.mac)
    config = file.group(None, "config", version="2")
    for name, value in [*_accounts(device), *_device(device), *_keys(device)]:
        file.leaf(config, "item", value, name=name)
    return file.text()


def _accounts(device: Device) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for number, line in enumerate(device.lines, 1):
        account = f"account.{number}"
        found += [
            (f"{account}.enable", "Yes"),
            (f"{account}.name", line.label),
            (f"{account}.sip.subscriber.name", line.display_name),
            (f"{account}.sip.userid", dialled(line.number)),
            (f"{account}.sip.subscriber.userid", line.auth_id),
            (f"{account}.sip.subscriber.password", line.password),
            (f"{account}.sip.server.1.address", _with_port(line.server, device.sip.port)),
            (f"{account}.sip.outboundProxy.1.address", _with_port(device.sip.host, device.sip.port)),
            (f"{account}.sip.transport", _TRANSPORT[device.sip.transport]),
            (f"{account}.sip.registerExpiration", max(1, line.expires // 60)),  # in minutes
            (f"{account}.sip.voicemail.number", device.voicemail),
            (f"{account}.sip.subscribe.forMWI", "No"),
            (f"{account}.sip.blf.callPickup.prefix", device.pickup),
        ]
    return found


def _device(device: Device) -> list[tuple[str, object]]:
    return [
        ("users.admin.password", device.admin_password),
        ("dateTime.ntp.server.1", device.ntp),
        ("provisioning.config.protocol", "HTTPS" if device.access.secure else "HTTP"),
        ("provisioning.config.serverPath", device.access.without_scheme),
        ("provisioning.config.username", device.access.user),
        ("provisioning.config.password", device.access.password),
        ("provisioning.auto.mode", "YesUpgradeMin"),
        ("provisioning.auto.minute", device.access.minutes),
        ("sip.notify.challenge", "No"),
    ]


def _keys(device: Device) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    modules = device.modules and device.model.module
    per_module = modules.keys if modules else 0
    for key in device.keys:
        seat = device.seat(key.position)
        number = seat.number + per_module * (seat.module - 1) if seat.module else seat.number
        name = f"pks.mpk.{number}" if seat.module else f"pks.vpk.{number}"
        found += [
            (f"{name}.keyMode", _MODE[key.kind]),
            (f"{name}.account", "Account1" if seat.module else 0),
            (f"{name}.description", key.label),
            (f"{name}.value", _value(key)),
        ]
    return found


def _value(key: DeviceKey) -> str:
    return dialled(key.value) if key.kind in (*WITH_LAMP, KeyType.SPEED, KeyType.VOICEMAIL) else ""


def _with_port(host: str, port: int) -> str:
    """A port other than the usual one stands behind the name; `localPort` would be the telephone's own."""
    return f"{host}:{port}" if host and port != 5060 else host


GRANDSTREAM = Family(
    vendor="Grandstream",
    agent=re.compile(r"grandstream", re.IGNORECASE),
    files=(FileKind(lambda device: f"cfg{device.mac}.xml", _config, "application/xml", with_account=True),),
    asks_in_vain=re.compile(r"cfg([0-9a-f]{12}|[a-z0-9]*\.xml)|dev[0-9a-f]{12}\.cfg|(gs_)?phonebook\.xml|ring.*\.bin"),
)
