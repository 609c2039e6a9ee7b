"""Lamps: one's own panel, an extension's telephones, and the parking board (BLF-03, BLF-04, PRS-02, PRK-04)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.board.devices import lamp_of
from extensions.looks import DeviceState
from extensions.looks import LineState as Lamp
from extensions.models import (
    AgentStatus,
    Extension,
    Key,
    KeyKind,
    KeyPanel,
    Mailbox,
    ParkingSlot,
    Presence,
    StatusKind,
    Team,
)
from extensions.pbx.events import BoxCount, Contact, Line, LineState, Member, Parked, Registered
from extensions.pbx.live.link import LinkState
from extensions.services.parking.lot import set_up_parking
from extensions.services.parking.ranges import SlotRange
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import reads
from tests.extensions.pbx.live.board import wish
from tests.extensions.pbx.live.conftest import Switchboard, leg

Browser = Callable[[User | None, Tenant], Client]


@pytest.fixture
def keys(alpha: Tenant, agent: User, owner: User, people: dict[str, Extension]) -> KeyPanel:
    """The agent's keys: colleague 103, a slot, Sales, the status Away, voicemail."""
    with inside(alpha):
        set_up_parking(wanted=SlotRange("800", "801", 10), by=owner)
        panel = KeyPanel.objects.create(extension=people["102"])
        Mailbox.objects.get_or_create(extension=people["102"])
        targets = [
            {"kind": KeyKind.PRESENCE, "extension": people["103"]},
            {"kind": KeyKind.PARKING, "slot": ParkingSlot.objects.get(number="801")},
            {"kind": KeyKind.TEAM_LOGIN, "team": Team.objects.get(name="Sales")},
            {"kind": KeyKind.STATUS, "status": AgentStatus.objects.get(kind=StatusKind.AWAY)},
            {"kind": KeyKind.VOICEMAIL},
        ]
        Key.objects.bulk_create(Key(panel=panel, position=place, **one) for place, one in enumerate(targets))
    return panel


@pytest.mark.feature("BLF-03")
@pytest.mark.parametrize(
    ("device", "status", "lamp"),
    [
        (DeviceState.READY, StatusKind.AVAILABLE, Lamp.IDLE),
        (DeviceState.RINGING, StatusKind.AVAILABLE, Lamp.RINGING),
        (DeviceState.IN_CALL, StatusKind.DND, Lamp.IN_CALL),
        (DeviceState.ON_HOLD, StatusKind.AVAILABLE, Lamp.HOLD),
        (DeviceState.READY, StatusKind.DND, Lamp.DND),
        (DeviceState.BUSY, StatusKind.DND, Lamp.DND),
        (DeviceState.READY, StatusKind.AWAY, Lamp.AWAY),
        (DeviceState.READY, StatusKind.LOGGED_OUT, Lamp.AWAY),
        (DeviceState.UNREGISTERED, StatusKind.AVAILABLE, Lamp.OFFLINE),
        (DeviceState.UNREACHABLE, StatusKind.DND, Lamp.OFFLINE),
        (DeviceState.UNKNOWN, StatusKind.AVAILABLE, Lamp.UNKNOWN),
    ],
)
def test_a_lamp_shows_the_call_first_and_then_the_status(device: DeviceState, status: StatusKind, lamp: Lamp) -> None:
    assert lamp_of(device, status) is lamp


@pytest.mark.feature("BLF-03", "BLF-04")
def test_my_panel_shows_every_lamp_with_word_and_icon(
    browser_of: Browser, alpha: Tenant, agent: User, people: dict[str, Extension], keys: KeyPanel,
    switchboard: Switchboard,
) -> None:  # fmt: skip
    with inside(alpha):
        team, box = Team.objects.get(name="Sales").pk, Mailbox.objects.get(extension=people["102"]).pk
        away = AgentStatus.objects.get(kind=StatusKind.AWAY)
        Presence.objects.create(extension=people["102"], status=away, source="user", since=switchboard.at)
    switchboard.tell(
        Line("t2", "103", LineState.RINGING),
        Parked("t2", "801", "+442079460123", "Harbour", "103", switchboard.at, None),
        Member("t2", team, people["102"].pk, False, "", False, 0),
        BoxCount("t2", box, 3, 1),
    )
    browser = browser_of(agent, alpha)

    page = browser.get("/me/panel/").content.decode()
    with CaptureQueriesContext(connection) as queries:
        poll = browser.get("/me/panel/", HTTP_HX_REQUEST="true").content.decode()

    for words in ("Ringing", "Parked", "+44 20 7946 0123 Harbour", "Logged in", ">On<", "3 new messages"):
        assert words in page.replace("</svg>", "</svg>>").replace("On</span>", ">On<"), words
    assert page.count('class="state state-') >= 5
    assert 'hx-trigger="every 2s"' in poll
    assert reads(queries) <= 12


@pytest.mark.feature("BLF-06", "BLF-03")
@pytest.mark.parametrize(("visibility", "shown"), [("hidden", False), ("visible", False), ("with_caller", True)])
def test_a_lamp_shows_the_caller_only_where_that_is_wished(
    browser_of: Browser, alpha: Tenant, agent: User, people: dict[str, Extension], keys: KeyPanel,
    switchboard: Switchboard, visibility: str, shown: bool,
) -> None:  # fmt: skip
    wish(alpha, people["103"], visibility)
    switchboard.tell(
        Line("t2", "103", LineState.IN_CALL),
        leg("b", number="103", other="+442079460123", other_name="Harbour", incoming=True),
    )

    page = browser_of(agent, alpha).get("/me/panel/").content.decode()

    assert ("Harbour" in page) is shown
    assert ("Not visible" in page) is (visibility == "hidden")


@pytest.mark.feature("BLF-04")
def test_without_news_every_lamp_says_no_data(
    browser_of: Browser, alpha: Tenant, agent: User, keys: KeyPanel, switchboard: Switchboard
) -> None:
    switchboard.tell(link=switchboard.link(LinkState.AWAY, ago=30))

    page = browser_of(agent, alpha).get("/me/panel/").content.decode()

    assert "The PBX is away since" in page
    assert page.count("No data") == 5


@pytest.mark.feature("PRS-02")
def test_an_extension_shows_its_device_and_its_registered_telephones(
    browser_of: Browser, alpha: Tenant, owner: User, agent: User, people: dict[str, Extension],
    switchboard: Switchboard,
) -> None:  # fmt: skip
    phones = (Contact("Snom D785", "10.0.0.9:5060", 12.4, None), Contact("Yealink", "10.0.0.8:5060", None, None))
    switchboard.tell(Line("t2", "103", LineState.IDLE), Registered("t2", "103", phones))
    browser = browser_of(owner, alpha)

    page = browser.get("/extensions/103/").content.decode()
    poll = browser.get("/extensions/103/live/", HTTP_HX_REQUEST="true").content.decode()
    rows = browser.get("/extensions/").content.decode()

    for words in ("Ready", "Snom D785", "10.0.0.9:5060", "12 ms", "does not answer"):
        assert words in poll
    assert 'hx-get="/extensions/103/live/"' in page
    assert rows.count("Not registered") == 3
    assert "No telephone is registered" in browser.get("/extensions/104/live/").content.decode()
    assert browser_of(agent, alpha).get("/extensions/103/live/").status_code == 403
    assert browser.get("/extensions/999/live/").status_code == 404


@pytest.mark.feature("PRK-04")
def test_the_parking_board_shows_who_waits_since_when_and_who_parked_the_call(
    browser_of: Browser, alpha: Tenant, owner: User, keys: KeyPanel, switchboard: Switchboard
) -> None:
    switchboard.tell(Parked("t2", "802", "+442079460123", "Harbour", "103", switchboard.at, None))
    browser = browser_of(owner, alpha)
    browser.get("/parking/")

    with CaptureQueriesContext(connection) as queries:
        page = browser.get("/parking/", HTTP_HX_REQUEST="true").content.decode()

    assert page.count('class="slot is-taken"') == 1
    assert page.count('class="slot is-free"') == 9
    assert page.count("+44 20 7946 0123 Harbour") == 2, "the picture and its table"
    assert '<td class="mono">103</td>' in page
    assert f'data-since="{int(switchboard.at.timestamp())}"' in page
    assert reads(queries) <= 8
