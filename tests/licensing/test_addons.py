"""Add-ons of extensions, by set (LIC-07 to LIC-11, EXT-08)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from extensions.log_of_extension import lately
from extensions.models import Extension, OutsideNumber
from extensions.services.deletion import delete_objects
from extensions.services.edit import edit_extension
from extensions.services.range import create_range
from extensions.services.voicemail.boxes import ensure_mailbox
from licensing.capacity import NotEnoughLicences
from licensing.models import AssignedAddon, LedgerEntry, Pool
from licensing.selectors import purchased_addons
from licensing.services.addons import UnknownAddon, change_addons
from licensing.services.needs import MobileNumberNeeded
from licensing.services.numbers import change_number
from portal.accounts.models import User
from portal.audit.differences import differences
from portal.audit.models import LogEntry, Verb
from portal.core.errors import Refusals
from portal.core.request_id import begin
from tests.extensions.conftest import reads
from tests.licensing.conftest import NOON

pytestmark = pytest.mark.usefixtures("exact")


def used(sku: str) -> int:
    return Pool.objects.get(sku=sku).used


@pytest.mark.feature("LIC-07", "EXT-08", "LIC-13")
def test_chosen_add_ons_are_taken_from_their_pools_and_told(
    bought: Callable[..., None], desk: Extension, owner: User
) -> None:
    bought(team_chat=2, device_mobile_app=5)

    change_addons(extensions=[desk.pk], addons={"team_chat": 1, "device_mobile_app": 3}, by=owner)

    assert (used("team_chat"), used("device_mobile_app")) == (1, 3)
    entry = LedgerEntry.objects.get(sku="device_mobile_app", counter="used")
    assert (entry.change, entry.balance, entry.reason, entry.extension) == (3, 3, "addons", "101")
    told = LogEntry.objects.filter(model="licensing.assignedaddon")
    name = desk.directory_name
    assert {entry.object_repr for entry in told} == {f"101 {name} · Team Chat", f"101 {name} · Mobile App"}


@pytest.mark.feature("LIC-07")
def test_offered_are_those_that_were_bought_with_what_is_left(
    bought: Callable[..., None], desk: Extension, owner: User
) -> None:
    bought(team_chat=2, call_recording=0)
    change_addons(extensions=[desk.pk], addons={"team_chat": 1}, by=owner)

    assert [(line.code, line.available) for line in purchased_addons()] == [("team_chat", 1)]


@pytest.mark.feature("LIC-08", "EXT-08")
def test_without_a_free_licence_nothing_is_changed(bought: Callable[..., None], desk: Extension, owner: User) -> None:
    bought(team_chat=5, call_recording=0)

    with pytest.raises(NotEnoughLicences, match="Call Recording: 1 license is needed, 0 are free"):
        change_addons(extensions=[desk.pk], addons={"team_chat": 1, "call_recording": 1}, by=owner)

    assert not AssignedAddon.objects.exists()


@pytest.mark.feature("LIC-09")
def test_what_is_taken_away_is_free_at_once(bought: Callable[..., None], desk: Extension, owner: User) -> None:
    bought(team_chat=1, device_mobile_app=3)
    change_addons(extensions=[desk.pk], addons={"team_chat": 1, "device_mobile_app": 3}, by=owner)

    change_addons(extensions=[desk.pk], addons={"team_chat": 0, "device_mobile_app": 1}, by=owner)

    assert (used("team_chat"), used("device_mobile_app")) == (0, 1)


@pytest.mark.feature("LIC-10")
def test_only_apps_can_be_had_several_times(bought: Callable[..., None], desk: Extension, owner: User) -> None:
    once = ("device_ip_phone", "device_web_rtc", "device_sim")
    bought(**dict.fromkeys((*once, "device_desktop_app", "device_mobile_app"), 9))

    change_addons(extensions=[desk.pk], addons={"device_desktop_app": 2, "device_mobile_app": 2}, by=owner)
    for sku in once:
        with pytest.raises(Refusals) as refused:
            change_addons(extensions=[desk.pk], addons={sku: 2}, by=owner)
        assert set(refused.value.errors) == {f"addon_{sku}"}

    assert AssignedAddon.objects.count() == 2


@pytest.mark.feature("LIC-11")
def test_a_sim_needs_number_and_mobile_number_and_says_each(
    create: Callable[..., Extension],
    bought: Callable[..., None],
    outside: Callable[[str], OutsideNumber],
    owner: User,
) -> None:
    bought(device_sim=2, license_number=1, license_center=1)
    bare, full = create("102"), create("103", mobile="81234567")
    change_number(extension=full, number=outside("+6561000001"), by=owner, at=NOON)

    change_addons(extensions=[full.pk], addons={"device_sim": 1, "license_center": 1}, by=owner)
    with pytest.raises(Refusals) as refused:
        change_addons(extensions=[bare.pk], addons={"device_sim": 1}, by=owner)

    told = refused.value.errors["addon_device_sim"]
    assert "SIM needs an outside number: assign one to 102." in told
    assert "SIM needs a mobile number: enter one at 102." in told
    assert used("device_sim") == 1


@pytest.mark.feature("LIC-11")
def test_a_number_that_a_sim_needs_stays(
    create: Callable[..., Extension],
    bought: Callable[..., None],
    outside: Callable[[str], OutsideNumber],
    owner: User,
) -> None:
    bought(device_sim=1, license_number=1)
    full = create("103", mobile="81234567")
    change_number(extension=full, number=outside("+6561000001"), by=owner, at=NOON)
    change_addons(extensions=[full.pk], addons={"device_sim": 1}, by=owner)

    with pytest.raises(Refusals, match="SIM needs an outside number"):
        change_number(extension=full, number=None, by=owner, at=NOON)


@pytest.mark.feature("LIC-11")
def test_a_mobile_number_that_a_sim_needs_stays(
    create: Callable[..., Extension],
    bought: Callable[..., None],
    outside: Callable[[str], OutsideNumber],
    owner: User,
) -> None:
    bought(device_sim=1, license_number=1)
    full = create("103", mobile="81234567")
    change_number(extension=full, number=outside("+6561000001"), by=owner, at=NOON)
    change_addons(extensions=[full.pk], addons={"device_sim": 1}, by=owner)
    facts = {"number": "103", "directory_name": "Wei Chen", "first_name": "Wei", "last_name": "Chen", "by": owner}

    with pytest.raises(MobileNumberNeeded) as refused:
        edit_extension(extension=full, mobile="", **facts)
    edit_extension(extension=full, mobile="91234567", **facts)
    change_addons(extensions=[full.pk], addons={"device_sim": 0}, by=owner)
    emptied = edit_extension(extension=full, mobile="", **facts)

    assert (refused.value.field, emptied.mobile) == ("mobile", "")
    assert "The add-on SIM needs a mobile number" in str(refused.value)


def test_add_ons_that_nobody_sells_are_refused(bought: Callable[..., None], desk: Extension, owner: User) -> None:
    for addons in ({"fax": 1}, {"license_number": 1}, {"team_chat": -1}):
        with pytest.raises(UnknownAddon):
            change_addons(extensions=[desk.pk], addons=addons, by=owner)


@pytest.mark.feature("EXT-08")
def test_forty_extensions_need_no_more_queries_than_one(bought: Callable[..., None], owner: User) -> None:
    bought(team_chat=200)
    ids = [row.pk for row in create_range(first="301", count=40, pattern="D", skip_used=False, by=owner, at=NOON)]

    with CaptureQueriesContext(
        connection,
    ) as one:
        change_addons(extensions=ids[:1], addons={"team_chat": 1}, by=owner)
    with CaptureQueriesContext(connection) as many:
        change_addons(extensions=ids[1:], addons={"team_chat": 1}, by=owner)

    assert reads(many) <= reads(one)
    assert used("team_chat") == 40


@pytest.mark.feature("AUD-05", "AUD-06")
def test_the_log_of_deleted_extensions_names_boxes_and_add_ons_as_people_know_them(
    bought: Callable[..., None], desk: Extension, create: Callable[..., Extension], owner: User
) -> None:
    bought(team_chat=2)
    other = create("102")
    ensure_mailbox(other)
    change_addons(extensions=[desk.pk, other.pk], addons={"team_chat": 1}, by=owner)

    delete_objects(Extension, [desk.pk, other.pk], by=owner, at=NOON)

    gone = LogEntry.objects.filter(verb=Verb.DELETE)
    assert gone.get(model="extensions.mailbox").object_repr == "102 Wei Chen"
    assert gone.filter(model="extensions.extension", object_repr="102 Wei Chen").exists()
    addon = gone.get(model="licensing.assignedaddon", object_repr="102 Wei Chen · Team Chat")
    told = {one.field: one.before for one in differences(addon)}
    assert told["Add-on"] == "Team Chat"
    assert "team_chat" not in told.values()


@pytest.mark.feature("EXT-04", "LIC-07")
def test_the_last_changes_of_an_extension_tell_of_its_add_ons(
    bought: Callable[..., None], desk: Extension, create: Callable[..., Extension], owner: User
) -> None:
    bought(team_chat=2)
    begin("gives")
    change_addons(extensions=[desk.pk, create("102").pk], addons={"team_chat": 1}, by=owner)
    begin("takes")
    change_addons(extensions=[desk.pk], addons={"team_chat": 0}, by=owner)

    assert [one.what for one in lately(desk)][:2] == ["Delete: Add-on Team Chat", "New: Add-on Team Chat"]
