"""One mechanism of inheritance: platform, template, company, team, extension."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from extensions.models import Destination, DestinationKind, Extension, Level, SettingValue, Team
from extensions.services.destinations import Target
from extensions.services.settings import SettingLocked, change_settings, reset_settings
from extensions.settings.registry import setting, settings_of
from extensions.settings.resolve import Said, effective
from extensions.settings.subjects import COMPANY, Subject, effective_settings
from extensions.snapshot.load import take_snapshot
from portal.accounts.models import User
from tenants.models import Tenant

KEY = "voicemail.retention_days"
RINGS = "voicemail.ring_seconds"


def holds(subject: Subject, key: str = RINGS) -> tuple[object, Level | None, bool]:
    found = effective_settings(subject, settings_of([key]))[key]
    return found.value, found.source.level if found.source else None, found.here


def test_the_innermost_saying_wins_and_an_outer_lock_beats_it() -> None:
    said = [Said(Level.PLATFORM, 10), Said(Level.TENANT, 20), Said(Level.EXTENSION, 30)]
    locked = [Said(Level.PLATFORM, 10), Said(Level.TENANT, 20, locked=True), Said(Level.EXTENSION, 30)]

    free = effective(setting(RINGS), said, at=Level.EXTENSION)
    bound = effective(setting(RINGS), locked, at=Level.EXTENSION)

    assert (free.value, free.here, free.inherited, free.locked_by) == (30, True, 20, None)
    assert (bound.value, bound.here, bound.locked_by) == (20, False, locked[1])


def test_where_nobody_says_anything_the_default_holds() -> None:
    found = effective(setting(RINGS), [], at=Level.TENANT)

    assert (found.value, found.source, found.here) == (25, None, False)


def test_a_value_set_at_the_company_reaches_team_and_extension(inside_alpha: Tenant, owner: User) -> None:
    team = Team.objects.create(name="Sales")
    Extension.objects.filter(number="101").update(home_team=team)
    extension = Extension.objects.select_related("home_team").get(number="101")

    change_settings(subject=COMPANY, values={RINGS: 40}, by=owner)
    assert holds(Subject(extension=extension)) == (40, Level.TENANT, False)

    change_settings(subject=Subject(team=team), values={RINGS: 50}, by=owner)
    assert holds(Subject(extension=extension)) == (50, Level.TEAM, False)

    change_settings(subject=Subject(extension=extension), values={RINGS: 60}, by=owner)
    assert holds(Subject(extension=extension)) == (60, Level.EXTENSION, True)

    reset_settings(subject=Subject(extension=extension), keys=[RINGS], by=owner)
    assert holds(Subject(extension=extension)) == (50, Level.TEAM, False)


def test_the_platforms_value_stands_on_the_tenants_row(inside_alpha: Tenant) -> None:
    connection.tenant.platform_settings = {RINGS: {"value": 15, "locked": False}}

    assert holds(COMPANY) == (15, Level.PLATFORM, False)


def test_a_locked_setting_is_refused_below(inside_alpha: Tenant, owner: User) -> None:
    extension = Extension.objects.get(number="101")
    change_settings(subject=COMPANY, values={RINGS: 40}, locks={RINGS: True}, by=owner)

    with pytest.raises(SettingLocked) as refusal:
        change_settings(subject=Subject(extension=extension), values={RINGS: 60}, by=owner)

    assert refusal.value.field == RINGS


def test_a_destination_is_one_row_that_is_changed_in_place_and_goes_with_a_reset(
    inside_alpha: Tenant, owner: User
) -> None:
    key, extension = "hours.closed_action", Extension.objects.get(number="101")
    subject = Subject(extension=extension)

    change_settings(subject=subject, values={key: Target(DestinationKind.HANGUP)}, by=owner)
    change_settings(subject=subject, values={key: Target(DestinationKind.EXTENSION, extension)}, by=owner)

    row = SettingValue.objects.get(key=key)
    assert (row.destination.kind, row.destination.extension_id) == ("extension", extension.pk)
    assert Destination.objects.count() == 1
    reset_settings(subject=subject, keys=[key], by=owner)
    assert not Destination.objects.exists()
    assert not SettingValue.objects.exists()


def test_every_change_raises_the_version_of_the_configuration(inside_alpha: Tenant, owner: User) -> None:
    before = take_snapshot(at=datetime(2026, 11, 26, 12, tzinfo=UTC)).version

    change_settings(subject=COMPANY, values={KEY: 30}, by=owner)

    after = take_snapshot(at=datetime(2026, 11, 26, 12, tzinfo=UTC))
    assert after.version == before + 1
    assert after.company[KEY].value == 30
    assert after.by_number("101").value(RINGS) == 25
