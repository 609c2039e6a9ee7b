"""One-click repairs of the configuration check (LNT-01): by the service, audited, refused where they do not fit."""

from collections.abc import Callable
from datetime import date

import pytest

from extensions.models import Deletion, Extension, Finding, Holiday, HolidayCalendar, Key, KeyKind, Mailbox, Team
from extensions.services.check.repairs import GoneMeanwhile
from extensions.services.check.run import NoRepair, repair_finding
from extensions.services.keys.edit import KeySaid, set_key
from extensions.services.keys.panels import panel_for
from extensions.services.schedules.edit import create_schedule
from extensions.services.schedules.week import PRESETS, Preset
from extensions.services.settings import change_settings
from extensions.services.suspend import reactivate_extension, suspend_extension
from extensions.services.teams.edit import create_team
from extensions.services.voicemail.pin import set_pin
from extensions.settings.subjects import COMPANY
from portal.accounts.models import User
from portal.audit.models import LogEntry
from tests.extensions.conftest import NOON

Found = Callable[[str], list[Finding]]
pytestmark = pytest.mark.feature("LNT-01")


def test_a_suspended_member_is_taken_out_of_the_team(
    found: Found, sales: Team, pair: list[Extension], owner: User
) -> None:
    suspend_extension(extension=pair[0], by=owner)
    [finding] = found("suspended_member")

    said = repair_finding(finding=finding, by=owner, at=NOON)

    assert said == "Member taken out of the team."
    assert list(sales.memberships.values_list("extension__number", flat=True)) == ["202"]
    assert not Finding.objects.filter(code="suspended_member").exists()
    assert LogEntry.objects.filter(model="extensions.teammember", verb="delete").exists()


def test_a_member_who_was_reactivated_meanwhile_stays(
    found: Found, sales: Team, pair: list[Extension], owner: User
) -> None:
    suspend_extension(extension=pair[0], by=owner)
    [finding] = found("suspended_member")
    reactivate_extension(extension=Extension.objects.get(pk=pair[0].pk), by=owner)

    with pytest.raises(GoneMeanwhile):
        repair_finding(finding=finding, by=owner, at=NOON)

    assert sales.memberships.count() == 2


def test_a_holiday_that_is_over_is_deleted_and_can_come_back(found: Found, owner: User) -> None:
    calendar = HolidayCalendar.objects.create(name="Days", is_global=True)
    create_schedule(name="Office", time_zone=None, week=PRESETS[Preset.OFFICE], by=owner)
    Holiday.objects.create(calendar=calendar, name="Moving day", kind="date", first_day=date(2026, 3, 2))
    [finding] = found("past_holiday")

    repair_finding(finding=finding, by=owner, at=NOON)

    assert not Holiday.objects.exists()
    assert Deletion.objects.count() == 1


def test_a_box_gets_a_pin_and_its_reader_a_link(found: Found, create: Callable[..., Extension], owner: User) -> None:
    create("301", email="ana@alpha.example")
    finding = next(one for one in found("voicemail_without_pin") if one.name.startswith("301"))

    repair_finding(finding=finding, by=owner, at=NOON)

    box = Mailbox.objects.get(extension__number="301")
    assert len(box.pin) == 6
    assert box.link_token
    assert box.pin not in str(LogEntry.objects.filter(model="extensions.mailbox").values_list("changes", flat=True))


def test_a_pin_that_somebody_set_meanwhile_is_kept(found: Found, create: Callable[..., Extension], owner: User) -> None:
    extension = create("301", email="ana@alpha.example")
    finding = next(one for one in found("voicemail_without_pin") if one.name.startswith("301"))
    box = Mailbox.objects.get_or_create(extension=extension)[0]
    set_pin(mailbox=box, pin="739146", by=owner)

    with pytest.raises(GoneMeanwhile):
        repair_finding(finding=finding, by=owner, at=NOON)

    box.refresh_from_db()
    assert box.pin == "739146"


def test_a_key_that_watches_somebody_hidden_is_removed(found: Found, pair: list[Extension], owner: User) -> None:
    set_key(panel=panel_for(pair[0]), position=0, said=KeySaid(KeyKind.PRESENCE, "202"), by=owner)
    change_settings(subject=COMPANY, values={"monitoring.visibility": "hidden"}, by=owner)
    [finding] = found("hidden_key")

    repair_finding(finding=finding, by=owner, at=NOON)

    assert not Key.objects.exists()
    assert LogEntry.objects.filter(model="extensions.key", verb="delete").exists()


def test_what_has_no_repair_needs_a_person(found: Found, owner: User) -> None:
    create_team(name="Nobody", number="601", by=owner)
    [finding] = found("empty_ring_group")

    with pytest.raises(NoRepair):
        repair_finding(finding=finding, by=owner, at=NOON)

    assert Finding.objects.filter(pk=finding.pk).exists()
