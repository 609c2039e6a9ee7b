"""Yealink, firmware V80 and later: text, first `<mac>.boot`, then what it includes (PHONE-SYSTEM 5.1 to 5.3)."""

import re

from extensions.provisioning.device import Device, DeviceKey, KeyType, Line
from extensions.provisioning.families.shape import Family, FileKind
from extensions.provisioning.formats.lines import KeyValueFile
from extensions.provisioning.formats.values import dialled

_FIRST = "#!version:1.0.0.1"
_TRANSPORT = {"udp": 0, "tcp": 1, "tls": 2}
# A slot is a lamp on its number: lit means taken, and a press parks or fetches.
_TYPE = {KeyType.NONE: 0, KeyType.LINE: 15, KeyType.BLF: 16, KeyType.PARK: 16, KeyType.SPEED: 13, KeyType.VOICEMAIL: 12}


def _boot(device: Device) -> str:
    file = KeyValueFile(_FIRST)
    file.directive(f'include:config "{device.mac}.cfg"')
    file.put("overwrite_mode", 1)
    return file.text()


def _config(device: Device) -> str:
    file = KeyValueFile(_FIRST)
    for number, line in enumerate(device.lines, 1):
        _account(file, number, line, device)
    for key in device.keys:
        _key(file, key, device)
    _device(file, device)
    return file.text()


def _account(file: KeyValueFile, number: int, line: Line, device: Device) -> None:
    account = f"account.{number}"
    file.put(f"{account}.enable", 1)
    file.put(f"{account}.label", line.label)
    file.put(f"{account}.display_name", line.display_name)
    file.put(f"{account}.user_name", dialled(line.number))
    file.put(f"{account}.auth_name", line.auth_id)
    file.put(f"{account}.password", line.password)
    file.put(f"{account}.sip_server.1.address", line.server)
    file.put(f"{account}.sip_server.1.port", device.sip.port)
    file.put(f"{account}.sip_server.1.transport_type", _TRANSPORT[device.sip.transport])
    file.put(f"{account}.sip_server.1.expires", line.expires)
    file.put(f"{account}.outbound_proxy_enable", int(bool(device.sip.host)))
    file.put(f"{account}.outbound_proxy.1.address", device.sip.host)
    file.put(f"{account}.outbound_proxy.1.port", device.sip.port)
    # The PBX tells of messages by itself; asking for them at one's own number is answered 404 (PHONE-SYSTEM 2.3).
    file.put(f"{account}.subscribe_mwi", 0)
    file.put(f"{account}.srtp_encryption", 2 if device.sip.transport == "tls" else 0)
    file.put(f"voice_mail.number.{number}", device.voicemail)


def _key(file: KeyValueFile, key: DeviceKey, device: Device) -> None:
    seat = device.seat(key.position)
    name = f"expansion_module.{seat.module}.key.{seat.number}" if seat.module else f"linekey.{seat.number}"
    file.put(f"{name}.type", _TYPE[key.kind])
    file.put(f"{name}.line", 0 if key.kind is KeyType.NONE else 1)
    file.put(f"{name}.value", dialled(key.value) if key.value else "")
    file.put(f"{name}.label", key.label)
    file.put(f"{name}.extension", device.pickup if key.kind is KeyType.BLF else "")


def _device(file: KeyValueFile, device: Device) -> None:
    file.put("features.pickup.direct_pickup_code", device.pickup)
    file.put("features.pickup.direct_pickup_enable", int(bool(device.pickup)))
    file.put("local_time.ntp_server1", device.ntp)
    file.put("local_time.time_zone", _offset(device.utc_offset))
    file.put("local_time.summer_time", 2 if device.summer_time else 0)
    file.put("sip.notify_reboot_enable", 0)  # check-sync fetches without a restart
    file.put("static.auto_provision.server.url", device.access.url)
    file.put("static.auto_provision.server.username", device.access.user)
    file.put("static.auto_provision.server.password", device.access.password)
    file.put("static.auto_provision.power_on", 1)
    file.put("static.auto_provision.repeat.enable", 1)
    file.put("static.auto_provision.repeat.minutes", device.access.minutes)
    file.put("static.security.user_password", f"admin:{device.admin_password}")


def _offset(minutes: int) -> str:
    """`+1`, `-3:30`, as the makers' list of zones writes it."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02d}" if rest else "")


YEALINK = Family(
    vendor="Yealink",
    agent=re.compile(r"yealink", re.IGNORECASE),
    files=(
        FileKind(lambda device: f"{device.mac}.boot", _boot, "text/plain"),
        FileKind(lambda device: f"{device.mac}.cfg", _config, "text/plain", with_account=True),
    ),
    asks_in_vain=re.compile(r"y0{12}\.boot|y0{10}[0-9]{2,3}\.cfg|[0-9a-f]{12}-(local|calllog|contact)\.(cfg|xml)"),
)
