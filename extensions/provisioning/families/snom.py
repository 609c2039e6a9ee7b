"""Snom, firmware 8.9 and later: XML with the number of the account or key as an attribute (PHONE-SYSTEM 5.1 to 5.3)."""

import re
from xml.etree.ElementTree import Element

from extensions.provisioning.device import Device, DeviceKey, KeyType, Line
from extensions.provisioning.families.shape import Family, FileKind
from extensions.provisioning.formats.values import in_uri
from extensions.provisioning.formats.xml import XmlFile

# “R” lets nobody change it on the telephone; the forms with blanks mean opposite things and are not used.
_KEPT = "R"


def _settings(device: Device) -> str:
    file = XmlFile("settings")
    phone = file.group(None, "phone-settings", e="2")
    for number, line in enumerate(device.lines, 1):
        _account(file, phone, number, line, device)
    _device(file, phone, device)
    keys = file.group(None, "functionKeys", e="2")
    for key in device.keys:
        file.leaf(keys, "fkey", _does(key, device), idx=key.position, context="1", label=key.label, perm=_KEPT)
    return file.text()


def _account(file: XmlFile, phone: Element, number: int, line: Line, device: Device) -> None:
    def put(name: str, value: object) -> None:
        file.leaf(phone, name, value, idx=number, perm=_KEPT)

    put("user_active", "on")
    put("user_idle_text", line.label)
    put("user_realname", line.display_name)
    put("user_name", in_uri(line.number))
    put("user_pname", line.auth_id)
    put("user_pass", line.password)
    put("user_host", line.server)
    # There is no setting for the transport: it stands behind the proxy's name.
    host = device.sip.host or line.server
    put("user_outbound", f"{host}:{device.sip.port};transport={device.sip.transport}")
    put("user_expiry", line.expires)
    put("user_mailbox", device.voicemail)
    put("user_subscription_expiry", line.expires)
    put("user_srtp", "on" if device.sip.transport == "tls" else "off")


def _device(file: XmlFile, phone: Element, device: Device) -> None:
    def put(name: str, value: object) -> None:
        file.leaf(phone, name, value, perm=_KEPT)

    put("mwi_notification", "silent")
    put("ntp_server", device.ntp)
    put("utc_offset", device.utc_offset * 60)
    put("setting_server", f"{device.access.url}{{mac}}.xml")
    put("http_client_user", device.access.user)
    put("http_client_pass", device.access.password)
    put("update_policy", "settings_only")
    put("settings_refresh_timer", device.access.minutes * 60)
    put("admin_mode", "off")
    put("admin_mode_password", device.admin_password)
    put("admin_mode_password_confirm", device.admin_password)
    put("http_user", "admin")
    put("http_pass", device.admin_password)


def _does(key: DeviceKey, device: Device) -> str:
    server = device.lines[0].server if device.lines else ""
    if key.kind is KeyType.LINE:
        return "line"
    if key.kind is KeyType.BLF:
        return f"blf sip:{in_uri(key.value)}@{server}" + (f"|{device.pickup}" if device.pickup else "")
    if key.kind is KeyType.PARK:
        return f"orbit sip:{in_uri(key.value)}@{server}"
    if key.kind is KeyType.SPEED:
        return f"speed {in_uri(key.value)}"
    return "keyevent F_RETRIEVE" if key.kind is KeyType.VOICEMAIL else "none"


def _of_model(device: Device) -> str:
    return f"snom{device.model.name}-{device.mac.upper()}.htm"


SNOM = Family(
    vendor="Snom",
    agent=re.compile(r"snom", re.IGNORECASE),
    files=(
        FileKind(lambda device: f"{device.mac}.xml", _settings, "application/xml", with_account=True),
        FileKind(_of_model, _settings, "application/xml", with_account=True),
    ),
    asks_in_vain=re.compile(r"snom[a-z0-9]*(-firmware)?\.(htm|xml|php)"),
    to_type="{mac}.xml",
)
