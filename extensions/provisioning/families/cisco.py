"""Cisco with multiplatform firmware, and SPA: `<flat-profile>`; numbers stand in names (PHONE-SYSTEM 5.1 to 5.3)."""

import re
from collections.abc import Iterator

from extensions.provisioning.device import Device, DeviceKey, KeyType, Line
from extensions.provisioning.families.shape import Family, FileKind
from extensions.provisioning.formats.functions import function
from extensions.provisioning.formats.values import dialled, in_uri
from extensions.provisioning.formats.xml import XmlFile


def _profile(device: Device) -> str:
    file = XmlFile("flat-profile")
    for name, value in [*_accounts(device), *_keys(device), *_device(device)]:
        file.leaf(None, name, value, ua="na")
    return file.text()


def _accounts(device: Device) -> Iterator[tuple[str, object]]:
    yield "Voice_Mail_Number", device.voicemail
    yield "Station_Name", device.lines[0].label if device.lines else ""
    for number, line in enumerate(device.lines, 1):
        for name, value in _account(line, device):
            yield f"{name}_{number}_", value


def _account(line: Line, device: Device) -> Iterator[tuple[str, object]]:
    yield "Line_Enable", "Yes"
    yield "Register", "Yes"
    yield "Display_Name", line.display_name
    yield "User_ID", dialled(line.number)
    yield "Auth_ID", line.auth_id
    yield "Use_Auth_ID", "Yes"
    yield "Password", line.password
    yield "Proxy", _with_port(line.server, device.sip.port)
    yield "Outbound_Proxy", _with_port(device.sip.host, device.sip.port)
    yield "Use_Outbound_Proxy", "Yes" if device.sip.host else "No"
    yield "SIP_Transport", device.sip.transport.upper()
    yield "Register_Expires", line.expires
    yield "Message_Waiting", "No"  # of its own subscription: the PBX tells by itself
    yield "Mailbox_ID", ""
    yield "Secure_Call_Option", "Required" if device.sip.transport == "tls" else "Optional"


def _keys(device: Device) -> Iterator[tuple[str, object]]:
    yield "Call_Pickup_Code", device.pickup
    for key in device.keys:
        seat = device.seat(key.position)
        if seat.module:
            yield f"Unit_{seat.module}_Key_{seat.number}_", _does(key)
            continue
        yield f"Extension_{seat.number}_", 1 if key.kind is KeyType.LINE else "Disabled"
        yield f"Short_Name_{seat.number}_", key.label if key.kind is KeyType.LINE else ""
        yield f"Extended_Function_{seat.number}_", _does(key)


def _does(key: DeviceKey) -> str:
    if key.kind in (KeyType.NONE, KeyType.LINE):
        return ""
    target = f"{in_uri(key.value)}@$PROXY"
    if key.kind is KeyType.BLF:
        return function("blf+sd+cp", label=key.label, sub=target, ext=target)
    if key.kind is KeyType.PARK:
        return function("blf+sd", label=key.label, sub=target, ext=target)
    return function("sd", label=key.label, ext=target)


def _device(device: Device) -> Iterator[tuple[str, object]]:
    access = device.access
    yield "Admin_Password", device.admin_password
    yield "Primary_NTP_Server", device.ntp
    yield "Time_Zone", _zone(device.utc_offset)
    yield "Daylight_Saving_Time_Enable", "Yes" if device.summer_time else "No"
    yield "Provision_Enable", "Yes"
    yield "Resync_On_Reset", "Yes"
    yield "Resync_Periodic", access.minutes * 60
    yield "Resync_From_SIP", "Yes"
    yield "Profile_Rule", f"[--uid {access.user} --pwd {access.password}]{access.url}$MA.xml"


def _zone(minutes: int) -> str:
    hours, rest = divmod(abs(minutes), 60)
    return f"GMT{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"


def _with_port(host: str, port: int) -> str:
    return f"{host}:{port}" if host and port != 5060 else host


CISCO = Family(
    vendor="Cisco",
    agent=re.compile(r"cisco|linksys|sipura", re.IGNORECASE),
    files=(FileKind(lambda device: f"{device.mac}.xml", _profile, "application/xml", with_account=True),),
    asks_in_vain=re.compile(r"(spa|cp-)[a-z0-9-]*(-3pcc)?(\.cfg|\.xml)|sep[0-9a-f]{12}\.cnf\.xml", re.IGNORECASE),
    to_type="$MA.xml",
    resync="resync",
)
