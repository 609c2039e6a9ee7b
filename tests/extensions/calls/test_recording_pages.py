"""Recorded calls are listed, played by whoever may, written down, and gone when they are old enough (CTL-07)."""

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from extensions.models import Extension
from extensions.pbx.driver import PbxFault
from extensions.pbx.drivers import driver_of, facts_of
from extensions.pbx.voicemail import look_after_boxes
from extensions.services.teams.edit import create_team
from extensions.services.teams.members import set_members
from extensions.services.teams.scopes import assign_scopes
from portal.accounts.models import User
from portal.accounts.services.custom_roles import create_role
from portal.audit.context import acting_as
from portal.audit.models import LogEntry, Verb
from portal.audit.services import record
from portal.permissions import Perm
from tenants.door import inside
from tenants.models import AppliedState, AppliedVersion, Pbx, Tenant
from tests.extensions.voice.sounds import wav

Browser = Callable[[User | None, Tenant], Client]
pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
LIST = "/call-controls/recordings/"


@pytest.fixture
def monitor(alpha: Tenant, beta: Tenant, tmp_path: Path) -> Path:
    """Where the PBX of both companies keeps recordings."""
    pbx = Pbx.objects.create(
        name="Lab", host="127.0.0.1", ami_port=1, ami_user="portal", ami_secret="x",
        config_folder=str(tmp_path / "etc"), spool_folder=str(tmp_path), sip_host="127.0.0.1", is_default=True,
    )  # fmt: skip
    for tenant in (alpha, beta):
        AppliedVersion.objects.create(tenant=tenant, pbx=pbx, state=AppliedState.APPLIED, since=AT)
    (tmp_path / "monitor" / "t2").mkdir(parents=True)
    return tmp_path / "monitor"


def tape(path: Path, *, seconds: int = 2) -> bytes:
    """A recording that ended a while ago."""
    sound = wav(seconds)
    path.write_bytes(sound)
    os.utime(path, (AT.timestamp(), AT.timestamp()))
    return sound


def of_101(alpha: Tenant, at: datetime = AT, number: str = "+12025550143", id: str = "7.1") -> str:
    with inside(alpha):
        return f"e{Extension.objects.get(number='101').pk}-in-{int(at.timestamp())}-{number}-{id}"


@pytest.mark.feature("CTL-07")
def test_whoever_may_sees_and_plays_and_the_log_says_so(
    browser_of: Browser, alpha: Tenant, owner: User, monitor: Path
) -> None:
    id = of_101(alpha)
    sound = tape(monitor / "t2" / f"{id}.wav", seconds=65)
    tape(monitor / f"t2-{of_101(alpha, number='', id='7.2')}.wav")
    browser = browser_of(owner, alpha)

    page = browser.get(LIST).content.decode()
    played = browser.get(f"{LIST}{id}/")
    browser.get(f"{LIST}{id}/?download")

    for words in ("+1 202-555-0143", "Withheld", "1:05", "Incoming", "<audio", "after 90 days"):
        assert words in page
    assert (played.content, played["Content-Type"]) == (sound, "audio/wav")
    with inside(alpha):
        log = list(LogEntry.objects.filter(table="Recorded calls").order_by("pk").values_list("message", "actor"))
    assert log == [("Played a recorded call", owner.pk), ("Downloaded a recorded call", owner.pk)]


def plays_in_log(tenant: Tenant) -> int:
    with inside(tenant):
        return LogEntry.objects.filter(table="Recorded calls", message="Played a recorded call").count()


@pytest.mark.feature("CTL-07", "AUD-10")
def test_later_parts_belong_to_the_hearing_whose_beginning_is_in_the_log(
    browser_of: Browser, alpha: Tenant, owner: User, monitor: Path
) -> None:
    id = of_101(alpha)
    tape(monitor / "t2" / f"{id}.wav")
    browser = browser_of(owner, alpha)

    for part in ("bytes=0-", "bytes=100-199", "bytes=200-"):
        assert browser.get(f"{LIST}{id}/", headers={"Range": part}).status_code == 206

    assert plays_in_log(alpha) == 1


@pytest.mark.feature("CTL-07", "AUD-10")
def test_nobody_hears_all_but_the_first_byte_unseen(
    browser_of: Browser, alpha: Tenant, owner: User, manager: User, monitor: Path
) -> None:
    id = of_101(alpha)
    tape(monitor / "t2" / f"{id}.wav")
    with inside(alpha):  # what somebody else heard, and what was heard long ago, is another hearing
        facts = {"table": "Recorded calls", "message": "Played a recorded call", "data": {"recording": id}}
        with acting_as(manager):
            record(verb=Verb.GET, **facts)
        with acting_as(owner):
            record(verb=Verb.GET, timestamp=timezone.now() - timedelta(hours=2), **facts)

    assert browser_of(owner, alpha).get(f"{LIST}{id}/", headers={"Range": "bytes=1-"}).status_code == 206

    assert plays_in_log(alpha) == 3


@pytest.mark.feature("CTL-07")
def test_who_sets_recording_up_need_not_hear_it(browser_of: Browser, alpha: Tenant, agent: User, monitor: Path) -> None:
    id = of_101(alpha)
    tape(monitor / "t2" / f"{id}.wav")

    assert browser_of(agent, alpha).get(LIST).status_code == 403
    assert browser_of(agent, alpha).get(f"{LIST}{id}/").status_code == 403


@pytest.mark.feature("CTL-07")
def test_another_companys_recording_is_not_there(
    browser_of: Browser, alpha: Tenant, beta: Tenant, stranger: User, monitor: Path
) -> None:
    id = of_101(alpha)
    tape(monitor / "t2" / f"{id}.wav")

    assert "No recorded calls" in browser_of(stranger, beta).get(LIST).content.decode()
    assert browser_of(stranger, beta).get(f"{LIST}{id}/").status_code == 404


@pytest.mark.feature("CTL-07")
def test_what_is_still_being_recorded_is_neither_listed_nor_heard(
    browser_of: Browser, alpha: Tenant, owner: User, monitor: Path
) -> None:
    id = of_101(alpha)
    (monitor / "t2" / f"{id}.wav").write_bytes(wav(1))

    assert "No recorded calls" in browser_of(owner, alpha).get(LIST).content.decode()
    assert browser_of(owner, alpha).get(f"{LIST}{id}/").status_code == 404


@pytest.mark.feature("CTL-07", "ROL-08")
def test_whoever_may_play_in_one_team_neither_sees_nor_hears_others(
    browser_of: Browser, alpha: Tenant, owner: User, manager: User, monitor: Path
) -> None:
    with inside(alpha):
        sales, desk = create_team(name="Sales", number="610", by=owner), Extension.objects.get(number="101")
        set_members(team=sales, members=[desk.pk], by=owner)
        role = create_role(name="Listener", permissions=[Perm.RECORDING_PLAY], team_scoped=True, by=owner)
        manager.roles.set([role])
        assign_scopes(user=manager, teams={role.pk: [sales.pk]}, by=owner)
    epoch = int(AT.timestamp())
    theirs = [f"e{desk.pk}-in-{epoch}-101-1.1", f"g{sales.pk}-in-{epoch}-101-1.2"]
    others = [f"e{desk.pk + 900}-in-{epoch}-101-1.3", f"g{sales.pk + 900}-in-{epoch}-101-1.4"]
    for id in (*theirs, *others):
        tape(monitor / "t2" / f"{id}.wav")
    browser = browser_of(manager, alpha)

    page = browser.get(LIST).content.decode()

    assert [id in page for id in (*theirs, *others)] == [True, True, False, False]
    assert [browser.get(f"{LIST}{id}/").status_code for id in (*theirs, *others)] == [200, 200, 404, 404]


@pytest.mark.feature("CTL-07")
def test_recordings_go_when_they_are_as_old_as_the_company_wants(alpha: Tenant, monitor: Path) -> None:
    old, new = of_101(alpha, AT - timedelta(days=91)), of_101(alpha, AT - timedelta(days=89))
    for id in (old, new):
        tape(monitor / "t2" / f"{id}.wav")
    (monitor.parent / "voicemail" / "t2").mkdir(parents=True)

    with suppress(PbxFault):  # nobody answers there; the folder can be reached
        look_after_boxes(tenant=alpha, box=None, at=AT)

    assert [path.stem for path in (monitor / "t2").iterdir()] == [new]


@pytest.mark.feature("CTL-07")
def test_what_cannot_be_deleted_keeps_no_other_recording_and_is_told(monitor: Path, alpha: Tenant) -> None:
    old = [of_101(alpha, AT - timedelta(days=91), id=f"7.{place}") for place in range(4)]
    for id in (old[0], old[2], old[3]):
        tape(monitor / "t2" / f"{id}.wav")
    odd = monitor / "t2" / f"{old[1]}.wav"
    odd.mkdir()  # nobody may unlink it
    os.utime(odd, (AT.timestamp(), AT.timestamp()))
    driver = driver_of(facts_of(Pbx.objects.get()))

    with pytest.raises(PbxFault, match="cannot be deleted"):
        asyncio.run(driver.forget_recordings("t2", AT))

    assert list((monitor / "t2").iterdir()) == [odd]


@pytest.mark.feature("CTL-07")
def test_a_pbx_whose_folder_is_away_says_that_the_recordings_are_safe(
    browser_of: Browser, alpha: Tenant, owner: User, monitor: Path
) -> None:
    Pbx.objects.update(spool_folder=str(monitor / "nowhere"))

    assert "The recordings are safe" in browser_of(owner, alpha).get(LIST).content.decode()


def test_the_list_asks_the_same_whatever_its_length(
    browser_of: Browser, alpha: Tenant, owner: User, monitor: Path
) -> None:
    browser = browser_of(owner, alpha)
    counts = []
    for size in (1, 50):
        for n in range(size):
            tape(monitor / "t2" / f"{of_101(alpha, id=f'{size}.{n}')}.wav", seconds=1)
        browser.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            browser.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1]
