"""Fanvil X and V: `<mac>.cfg` with XML (firmware 2.2.10 and later) inside (PHONE-SYSTEM 5.1 to 5.3).

`Version` is a mark of change, not of the format: a telephone passes over a file whose mark it has seen.
"""

import re
from hashlib import sha256
from xml.etree.ElementTree import Element

from extensions.provisioning.device import Device, DeviceKey, KeyType, Line
from extensions.provisioning.families.shape import Family, FileKind
from extensions.provisioning.formats.values import dialled
from extensions.provisioning.formats.xml import XmlFile

_TRANSPORT = {"udp": 0, "tcp": 1, "tls": 3}
_TYPE = {KeyType.NONE: 0, KeyType.LINE: 2}  # all others are memory keys, told apart by what follows the number
_MEMORY = 1
_NOT_MARKED = "2.0000000000"


def _config(device: Device) -> str:
    bare = _document(device, _NOT_MARKED)
    mark = int.from_bytes(sha256(bare.encode()).digest()[:8]) % 10**10
    return _document(device, f"2.{mark:010d}")


def _document(device: Device, version: str) -> str:
    file = XmlFile("sysConf")
    file.leaf(None, "Version", version)
    sip = file.group(None, "sip")
    for number, line in enumerate(device.lines, 1):
        _account(file, file.group(sip, "line", index=number), line, device)
    _phone(file, device)
    _keys(file, device)
    return file.text()


def _account(file: XmlFile, account: Element, line: Line, device: Device) -> None:
    for name, value in (
        ("PhoneNumber", dialled(line.number)),
        ("DisplayName", line.display_name),
        ("RegisterAddr", line.server),
        ("RegisterPort", device.sip.port),
        ("RegisterUser", line.auth_id),
        ("RegisterPswd", line.password),
        ("RegisterTTL", line.expires),
        ("EnableReg", 1),
        ("ProxyAddr", device.sip.host),
        ("ProxyPort", device.sip.port),
        ("ProxyUser", line.auth_id),
        ("ProxyPswd", line.password),
        ("Transport", _TRANSPORT[device.sip.transport]),
        ("MediaCrypto", int(device.sip.transport == "tls")),
        ("Subscribe", 0),  # of messages: the PBX tells by itself
        ("MWINum", device.voicemail),
        ("PickupNum", device.pickup),
    ):
        file.leaf(account, name, value)


def _phone(file: XmlFile, device: Device) -> None:
    phone = file.group(None, "phone")
    file.leaf(file.group(phone, "display"), "LCDTitle", device.lines[0].label if device.lines else "")
    date = file.group(phone, "date")
    file.leaf(date, "EnableSNTP", 1)
    file.leaf(date, "SNTPServer", device.ntp)
    file.leaf(date, "TimeZone", device.utc_offset // 15)  # quarters of an hour
    account = file.group(file.group(None, "web"), "account", index=1)
    file.leaf(account, "Name", "admin")
    file.leaf(account, "Password", device.admin_password)
    file.leaf(account, "Level", 10)
    ap = file.group(None, "ap")
    for name, value in (
        ("DefaultUsername", device.access.user),
        ("DefaultPassword", device.access.password),
        ("DownloadCommonConf", 0),
        ("DownloadDeviceConf", 1),
        ("SaveProvisionInfo", 1),
        ("FlashServerIP", device.access.url.rstrip("/")),
        ("FlashFileName", "$mac.cfg"),
        ("FlashProtocol", 5 if device.access.secure else 4),
        ("FlashMode", 2),
        ("FlashInterval", max(1, device.access.minutes // 60)),  # in hours
    ):
        file.leaf(ap, name, value)


def _keys(file: XmlFile, device: Device) -> None:
    keys = file.group(None, "dsskey")
    file.leaf(keys, "FuncKeyPageNum", device.model.pages)
    page: Element | None = None
    for key in device.own_keys():
        seat = device.seat(key.position)
        if page is None or seat.row == 1:
            page = file.group(keys, "internal", index=seat.page)
        one = file.group(page, "Fkey", index=seat.row)
        file.leaf(one, "Type", _TYPE.get(key.kind, _MEMORY))
        file.leaf(one, "Value", _value(key, device))
        file.leaf(one, "Title", key.label)


def _value(key: DeviceKey, device: Device) -> str:
    if key.kind is KeyType.NONE:
        return ""
    if key.kind is KeyType.LINE:
        return "SIP1"
    if key.kind is KeyType.SPEED or key.kind is KeyType.VOICEMAIL:
        return f"{dialled(key.value)}@1/f"
    # With a call in hand the key passes it on blindly: into a slot that is what parking means.
    return f"{dialled(key.value)}@1/bc" + (device.pickup if key.kind is KeyType.BLF else "")


FANVIL = Family(
    vendor="Fanvil",
    agent=re.compile(r"fanvil", re.IGNORECASE),
    files=(FileKind(lambda device: f"{device.mac}.cfg", _config, "application/xml", with_account=True),),
    asks_in_vain=re.compile(r"f0[a-z0-9.]*\.cfg|[0-9a-f]{12}\.txt|fanvil[a-z0-9.-]*", re.IGNORECASE),
)
