"""What a telephone is told comes from the panel in force and from what is in use (PRV-01, BLF-03, EXT-06)."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from extensions.models import (
    AgentStatus,
    Extension,
    Feature,
    FeatureCode,
    Key,
    KeyPanel,
    ParkingLot,
    ParkingSlot,
    Phone,
    PhoneAccess,
    SpeedDial,
    Team,
    TeamMember,
)
from extensions.pbx.address import SipAddress, sip_address
from extensions.provisioning.build import build_devices, phones_to_tell, winter_offset
from extensions.provisioning.device import Device, DeviceKey, KeyType
from extensions.provisioning.formats.values import one_line
from extensions.services.edit import edit_extension
from extensions.services.settings import change_settings
from extensions.settings.subjects import Subject
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import AppliedVersion, Pbx, Tenant
from tests.extensions.conftest import NOON, reads
from tests.extensions.keys.conftest import colleague


@pytest.fixture
def told(inside_alpha: Tenant, phone: Phone, access: PhoneAccess) -> Callable[[], Device]:
    """`told()`: what the telephone of 101 is told now."""
    return lambda: build_devices([phones_to_tell().get(pk=phone.pk)])[phone.pk]


@pytest.fixture
def panel(inside_alpha: Tenant, phone: Phone) -> KeyPanel:
    return KeyPanel.objects.create(extension=phone.extension)


def put(panel: KeyPanel, position: int, kind: str, **target: object) -> Key:
    return Key.objects.create(panel=panel, position=position, kind=kind, **target)


def shown(device: Device) -> dict[int, tuple[str, str, str]]:
    """Kind, label and value of the keys that do something, by position."""
    return {key.position: (key.kind.value, key.label, key.value) for key in device.keys if key.kind != KeyType.NONE}


@pytest.mark.feature("PRV-01")
def test_each_kind_of_key_becomes_what_a_telephone_can_do(told: Callable[[], Device], panel: KeyPanel) -> None:
    mei, owner = colleague("102", "Mei Tan"), panel.extension
    team, other = Team.objects.create(name="Sales", number="600"), Team.objects.create(name="Night", number="601")
    TeamMember.objects.create(team=team, extension=owner, position=0)
    lot, _made = ParkingLot.objects.get_or_create(pk=1, defaults={"number": "700"})
    slot, _made = ParkingSlot.objects.get_or_create(number="701", defaults={"lot": lot})
    status = AgentStatus.objects.order_by("position", "pk")[2]
    codes = {one.feature: one for one in FeatureCode.objects.all()}
    put(panel, 1, "presence", extension=mei)
    put(panel, 2, "speed_dial", speed_dial=SpeedDial.objects.create(code="*1", label="Taxi", number="+6561234567"))
    put(panel, 3, "custom_dial", number="999", label="Guard")
    put(panel, 4, "parking", slot=slot)
    put(panel, 5, "team_login", team=team)
    put(panel, 6, "team_login", team=other)
    put(panel, 7, "status", status=status)
    put(panel, 8, "voicemail")
    put(panel, 9, "feature", feature=codes[Feature.NIGHT_MODE])
    put(panel, 10, "feature", feature=codes[Feature.ECHO])
    put(panel, 11, "presence", extension=owner)

    keys = shown(told())

    login, change = codes[Feature.TEAM_LOGIN].code, codes[Feature.STATUS].code
    assert keys == {
        1: ("blf", "Mei Tan", "102"),
        2: ("speed", "Taxi", "+6561234567"),
        3: ("speed", "Guard", "999"),
        4: ("park", slot.label or "Slot 701", "701"),
        5: ("blf", "Sales", f"{login}600*101"),  # one's own log-in has a lamp of one's own
        6: ("speed", "Night", f"{login}601"),
        7: ("blf", status.label, f"{change}3*101"),
        8: ("voicemail", "Voicemail", "*97"),
        9: ("blf", "Open or close the company's hours", codes[Feature.NIGHT_MODE].code),
        10: ("speed", "Echo test", codes[Feature.ECHO].code),
        11: ("line", one_line(owner.directory_name), ""),  # one cannot watch oneself
    }


def test_without_a_line_key_the_first_free_key_is_one(told: Callable[[], Device], panel: KeyPanel) -> None:
    put(panel, 0, "voicemail")

    device = told()

    assert device.keys[1] == DeviceKey(1, KeyType.LINE, device.lines[0].label)
    assert len(device.keys) == 27
    assert [key.position for key in device.keys] == list(range(27))


@pytest.mark.feature("PRV-01")
def test_what_is_switched_off_has_no_key_and_no_number(told: Callable[[], Device], panel: KeyPanel) -> None:
    FeatureCode.objects.update(enabled=False)
    team = Team.objects.create(name="Sales", number="600")
    put(panel, 0, "voicemail")
    put(panel, 1, "team_login", team=team)
    put(panel, 2, "feature", feature=FeatureCode.objects.first())
    put(panel, 3, "status", status=AgentStatus.objects.first())

    device = told()

    assert set(shown(device)) == {4}
    assert (device.voicemail, device.pickup) == ("", "")


def test_a_team_without_a_number_and_a_status_out_of_use_have_no_key(
    told: Callable[[], Device], panel: KeyPanel
) -> None:
    status = AgentStatus.objects.order_by("position")[1]
    AgentStatus.objects.filter(pk=status.pk).update(enabled=False)
    put(panel, 0, "team_login", team=Team.objects.create(name="Sales"))
    put(panel, 1, "status", status=status)

    assert set(shown(told())) == {2}


@pytest.mark.feature("PRV-01")
def test_keys_follow_the_panel_in_force_and_renamed_colleagues(
    told: Callable[[], Device], panel: KeyPanel, owner: User
) -> None:
    mei, ravi = colleague("102", "Mei Tan"), colleague("103", "Ravi Kumar")
    template = KeyPanel.objects.create(name="Counter")
    put(template, 0, "line")
    put(template, 1, "presence", extension=mei)
    put(panel, 1, "presence", extension=ravi)
    put(panel, 2, "presence", extension=ravi)
    KeyPanel.objects.filter(pk=panel.pk).update(template=template, linked=True)
    facts = {"first_name": "", "last_name": "", "mobile": "", "by": owner}

    edit_extension(extension=mei, number="2102", directory_name="Mei Tan-Lim", **facts)

    assert shown(told()) == {
        0: ("line", "101", ""),
        1: ("blf", "Mei Tan-Lim", "2102"),
        2: ("blf", "Ravi Kumar", "103"),
    }


def test_who_does_not_want_to_be_watched_can_be_called(
    told: Callable[[], Device], panel: KeyPanel, owner: User
) -> None:
    mei = colleague("102", "Mei Tan")
    put(panel, 0, "line")
    put(panel, 1, "presence", extension=mei)
    change_settings(subject=Subject(extension=mei), values={"monitoring.visibility": "hidden"}, by=owner)

    assert shown(told())[1] == ("speed", "Mei Tan", "102")


def test_names_are_made_plain_for_telephones(told: Callable[[], Device], phone: Phone) -> None:
    Extension.objects.filter(pk=phone.extension_id).update(directory_name="  Wei\n\u202eChen \x07 ")

    line = told().lines[0]

    assert (line.display_name, line.label) == ("Wei Chen", "101 Wei Chen")


@pytest.mark.feature("PRV-01")
def test_many_telephones_with_many_keys_cost_as_many_queries_as_one(
    told: Callable[[], Device], panel: KeyPanel, phone: Phone, owner: User
) -> None:
    from extensions.services.phones.access import issue_access  # noqa: PLC0415 - only here

    def counted() -> int:
        with CaptureQueriesContext(connection) as captured:
            build_devices(list(phones_to_tell()))
        return reads(captured)

    put(panel, 0, "presence", extension=colleague("102", "Mei Tan"))
    before = counted()
    for n in range(6):
        one = colleague(f"{200 + n}", f"Person {n}")
        other = Phone.objects.create(mac=f"805ec00003{n:02d}", model="yealink-t54w", extension=one, created_at=NOON)
        issue_access(phone=other, by=owner, at=NOON)
        mine = KeyPanel.objects.create(extension=one)
        for position in range(5):
            put(mine, position, "presence", extension=phone.extension)

    assert counted() == before == 5


@pytest.mark.parametrize(
    ("zone", "found"),
    [("Europe/Berlin", (60, True)), ("Asia/Singapore", (480, False)), ("America/St_Johns", (-210, True)),
     ("Australia/Sydney", (600, True)), ("UTC", (0, False))],
)  # fmt: skip
def test_a_zone_is_an_offset_in_winter_and_whether_there_is_summer_time(zone: str, found: tuple[int, bool]) -> None:
    assert winter_offset(ZoneInfo(zone)) == found


def test_the_proxy_is_the_pbx_of_the_tenant_else_of_the_installation(
    settings: Any, management: Tenant, alpha: Tenant
) -> None:
    settings.PORTAL_PBX_SIP_HOST, settings.PORTAL_PBX_SIP_PORT = "sip.example", 5061
    settings.PORTAL_PBX_TRANSPORT = "tls"

    def found() -> SipAddress:
        with inside(alpha):
            return sip_address()

    without_any = found()
    facts = {"kind": "simulator", "sip_port": 5060, "enabled": True}
    Pbx.objects.create(name="Default", sip_host="default.example", is_default=True, transport="udp", **facts)
    of_all = found()
    own = Pbx.objects.create(name="Own", sip_host="own.example", transport="tcp", **facts)
    AppliedVersion.objects.create(tenant=alpha, pbx=own, wanted=1, since=NOON)

    assert without_any == SipAddress("sip.example", 5061, "tls")
    assert of_all == SipAddress("default.example", 5060, "udp")
    assert found() == SipAddress("own.example", 5060, "tcp")
