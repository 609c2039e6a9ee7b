"""Poly VVX: a master file names the others; settings are attributes (PHONE-SYSTEM 5.1 to 5.3).

Keys stand where people put them because of `lineKey.N.category`; the lamps and the speed dials that they mean are lists
of their own, the latter in the directory.
"""

import re
from collections.abc import Iterator

from extensions.provisioning.device import WITH_LAMP, Device, DeviceKey, KeyType
from extensions.provisioning.families.shape import Family, FileKind
from extensions.provisioning.formats.values import dialled, in_uri
from extensions.provisioning.formats.xml import XmlFile

_TRANSPORT = {"udp": "UDPOnly", "tcp": "TCPOnly", "tls": "TLS"}
_CATEGORY = {
    KeyType.NONE: "Unassigned",
    KeyType.LINE: "Line",
    KeyType.BLF: "BLF",
    KeyType.PARK: "BLF",
    KeyType.SPEED: "SpeedDial",
    KeyType.VOICEMAIL: "SpeedDial",
}
# A slot is dialled at once when its lamp is pressed; a colleague is first offered to be picked up.
_WATCHED = {KeyType.BLF: "normal", KeyType.PARK: "automata"}
_DIALLED = (KeyType.SPEED, KeyType.VOICEMAIL)


def _master(device: Device) -> str:
    nothing = ("MISC_FILES", "LOG_FILE_DIRECTORY", "OVERRIDES_DIRECTORY", "CONTACTS_DIRECTORY", "LICENSE_DIRECTORY")
    attributes = {"APP_FILE_PATH": "", "CONFIG_FILES": _account_name(device), **dict.fromkeys(nothing, "")}
    return XmlFile("APPLICATION", **attributes).text()


def _account_name(device: Device) -> str:
    return f"{device.mac}-account.cfg"


def _account(device: Device) -> str:
    file = XmlFile("polycomConfig")
    file.group(None, "account", **dict(_registrations(device)))
    file.group(None, "keys", **dict(_keys(device)))
    file.group(None, "device", **dict(_device(device)))
    return file.text()


def _registrations(device: Device) -> Iterator[tuple[str, object]]:
    for number, line in enumerate(device.lines, 1):
        registration = f"reg.{number}"
        yield f"{registration}.address", f"{in_uri(line.number)}@{line.server}"
        yield f"{registration}.label", line.label
        yield f"{registration}.displayName", line.display_name
        yield f"{registration}.auth.userId", line.auth_id
        yield f"{registration}.auth.password", line.password
        yield f"{registration}.server.1.address", line.server
        yield f"{registration}.server.1.port", device.sip.port
        yield f"{registration}.server.1.transport", _TRANSPORT[device.sip.transport]
        yield f"{registration}.server.1.expires", line.expires
        yield f"{registration}.server.1.register", 1
        yield f"{registration}.outboundProxy.address", device.sip.host
        yield f"{registration}.outboundProxy.port", device.sip.port
        yield f"{registration}.outboundProxy.transport", _TRANSPORT[device.sip.transport]
        yield f"{registration}.lineKeys", sum(key.kind is KeyType.LINE for key in device.keys) or 1
        # No subscription: the PBX tells of messages by itself.
        yield f"msg.mwi.{number}.subscribe", ""
        yield f"msg.mwi.{number}.callBackMode", "contact" if device.voicemail else "disabled"
        yield f"msg.mwi.{number}.callBack", device.voicemail
    yield "sec.srtp.enable", int(device.sip.transport == "tls")
    yield "sec.srtp.offer", int(device.sip.transport == "tls")


def _keys(device: Device) -> Iterator[tuple[str, object]]:
    server = device.lines[0].server if device.lines else ""
    watched = [key for key in device.keys if key.kind in WITH_LAMP]
    places = {key.position: place for place, key in enumerate(watched, 1)}
    places |= {key.position: place for place, key in enumerate(_dialled(device), 1)}
    yield "attendant.reg", 1
    yield "call.directedCallPickupMethod", "legacy"
    yield "call.directedCallPickupString", device.pickup
    yield "lineKey.reassignment.enabled", 1
    for key in device.keys:
        yield f"lineKey.{key.position + 1}.category", _CATEGORY[key.kind]
        yield f"lineKey.{key.position + 1}.index", 1 if key.kind is KeyType.LINE else places.get(key.position, 0)
    for place, key in enumerate(watched, 1):
        yield f"attendant.resourceList.{place}.address", f"{in_uri(key.value)}@{server}"
        yield f"attendant.resourceList.{place}.label", key.label
        yield f"attendant.resourceList.{place}.type", _WATCHED[key.kind]


def _device(device: Device) -> Iterator[tuple[str, object]]:
    yield "device.set", 1
    for name, value in (
        ("prov.serverName", device.access.without_scheme),
        ("prov.serverType", "HTTPS" if device.access.secure else "HTTP"),
        ("prov.user", device.access.user),
        ("prov.password", device.access.password),
        ("auth.localAdminPassword", device.admin_password),
        ("sntp.serverName", device.ntp),
        ("sntp.gmtOffset", device.utc_offset * 60),
    ):
        yield f"device.{name}", value
        yield f"device.{name}.set", 1
    yield "prov.polling.enabled", 1
    yield "prov.polling.mode", "rel"
    yield "prov.polling.period", device.access.minutes * 60
    yield "tcpIpApp.sntp.daylightSavings.enable", int(device.summer_time)
    yield "voIpProt.SIP.specialEvent.checkSync.alwaysReboot", 0


def _dialled(device: Device) -> list[DeviceKey]:
    return [key for key in device.keys if key.kind in _DIALLED]


def _directory(device: Device) -> str:
    file = XmlFile("directory")
    items = file.group(None, "item_list")
    for place, key in enumerate(_dialled(device), 1):
        item = file.group(items, "item")
        file.leaf(item, "fn", key.label)
        file.leaf(item, "ct", dialled(key.value))
        file.leaf(item, "sd", place)
    return file.text()


POLY = Family(
    vendor="Poly",
    agent=re.compile(r"poly", re.IGNORECASE),
    files=(
        FileKind(lambda device: f"{device.mac}.cfg", _master, "application/xml"),
        FileKind(_account_name, _account, "application/xml", with_account=True),
        FileKind(lambda device: f"{device.mac}-directory.xml", _directory, "application/xml"),
    ),
    asks_in_vain=re.compile(
        r"0{12}(\.cfg|-directory\.xml|-license\.cfg)|[0-9a-f]{12}-(phone|web|license|calls|app|boot|cloud)\.(cfg|xml|log)"
        r"|[0-9-]*\.?sip\.(ld|ver)"
    ),
)
