"""What the two global switches of the company hours lock, and whose breaks count."""

import pytest
from django.test import Client

from extensions.models import Schedule, SettingValue
from extensions.services.schedules.edit import create_schedule
from extensions.services.schedules.week import PRESETS, Preset
from extensions.services.settings import SettingLocked, change_settings
from extensions.settings.catalogue.hours import (
    BREAK_ACTION,
    BREAKS,
    CLOSED_ACTION,
    HOURS,
)
from extensions.settings.subjects import Subject
from extensions.snapshot.load import take_snapshot
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON
from tests.extensions.schedules.test_hours_pages import HANGUP, desk, facts
from tests.extensions.schedules.test_schedule_pages import address

SWITCHES = [(HOURS, CLOSED_ACTION, "Global office hours"), (BREAKS, BREAK_ACTION, "Global break hours")]


@pytest.mark.feature("SCH-02", "SCH-03")
@pytest.mark.parametrize(("main", "action", "label"), SWITCHES)
def test_a_global_switch_locks_the_hours_and_their_action_of_everybody(
    owner_browser: Client, alpha: Tenant, office: Schedule, owner: User, main: str, action: str, label: str
) -> None:
    own = create_schedule(name="Own", time_zone=None, week=PRESETS[Preset.RETAIL], by=owner)
    change_settings(subject=Subject(extension=desk()), values={main: own, action: HANGUP}, by=owner)
    page = owner_browser.get(address("hours")).content.decode()

    owner_browser.post(address("hours"), facts(**{main: str(office.pk), f"lock:{main}": "on"}))
    locked = owner_browser.get(address("extension_schedule", "101"))
    owner_browser.post(address("extension_schedule", "101"), facts(**{main: str(own.pk), f"{action}_0": "voicemail"}))

    assert label in page
    assert f"{label} are on" in locked.content.decode()
    assert all(locked.context["form"].fields[key].disabled for key in (main, action))
    with inside(alpha):
        held = take_snapshot(at=NOON).by_number("101")
        assert held is not None
        assert (held.value(main), held.value(action)) == (office.pk, None)
        with pytest.raises(SettingLocked):
            change_settings(subject=Subject(extension=desk()), values={action: HANGUP}, by=owner)


@pytest.mark.feature("SCH-02", "SCH-03")
@pytest.mark.parametrize(("main", "action", "label"), SWITCHES)
def test_switched_off_the_own_values_count_again_and_can_be_changed(
    owner_browser: Client, alpha: Tenant, office: Schedule, owner: User, main: str, action: str, label: str
) -> None:
    own = create_schedule(name="Own", time_zone=None, week=PRESETS[Preset.RETAIL], by=owner)
    change_settings(subject=Subject(extension=desk()), values={main: own}, by=owner)
    chosen = {main: str(office.pk)}
    owner_browser.post(address("hours"), facts(**chosen, **{f"lock:{main}": "on"}))

    owner_browser.post(address("hours"), facts(**chosen))

    with inside(alpha):
        held = take_snapshot(at=NOON).by_number("101")
        assert held is not None
        assert held.value(main) == own.pk
        assert not SettingValue.objects.filter(locked=True).exists()
        change_settings(subject=Subject(extension=desk()), values={action: HANGUP}, by=owner)


@pytest.mark.feature("SCH-02")
def test_global_office_hours_without_hours_are_refused(owner_browser: Client, alpha: Tenant) -> None:
    answer = owner_browser.post(address("hours"), facts(**{f"lock:{HOURS}": "on"}))

    assert answer.status_code == 422
    assert answer.context["form"].errors[HOURS] == ["Choose the hours that count for everybody first."]


@pytest.mark.feature("SCH-03")
def test_global_break_hours_of_no_schedule_are_those_of_the_hours_that_hold(
    owner_browser: Client, alpha: Tenant, office: Schedule, owner: User
) -> None:
    own = create_schedule(name="Own", time_zone=None, week=PRESETS[Preset.RETAIL], by=owner)
    change_settings(subject=Subject(extension=desk()), values={HOURS: own, BREAKS: office}, by=owner)

    saved = owner_browser.post(address("hours"), facts(**{HOURS: str(office.pk), f"lock:{BREAKS}": "on"}))

    assert saved.status_code == 302
    company = owner_browser.get(address("hours")).context["breaks_words"]
    assert company.startswith(f"Breaks: those of the office hours “{office.name}”. Nobody can choose other breaks")
    locked = owner_browser.get(address("extension_schedule", "101"))
    assert locked.context["breaks_words"].startswith("Breaks: those of the office hours “Own”. Nobody can choose")
    assert "breaks of the office hours count" in locked.content.decode()
    assert locked.context["form"].fields[BREAKS].disabled
    with inside(alpha):
        held = take_snapshot(at=NOON).by_number("101")
        assert held is not None
        assert (held.value(HOURS), held.value(BREAKS)) == (own.pk, None)


@pytest.mark.feature("SCH-03")
def test_the_breaks_that_count_are_said_in_words(owner_browser: Client, alpha: Tenant, office: Schedule) -> None:
    def said(**chosen: str) -> str:
        owner_browser.post(address("hours"), facts(**chosen))
        return str(owner_browser.get(address("hours")).context["breaks_words"])

    chosen = {BREAKS: str(office.pk)}

    assert said() == ""
    assert said(**chosen) == f"Breaks: those of “{office.name}”."
    assert said(**chosen, **{f"lock:{BREAKS}": "on"}) == f"For everybody, the breaks of “{office.name}” count."


@pytest.mark.feature("SCH-02", "SCH-03")
@pytest.mark.parametrize(("main", "action", "label"), SWITCHES)
def test_reset_never_parts_a_switch_from_what_it_locks(
    owner_browser: Client, alpha: Tenant, office: Schedule, main: str, action: str, label: str
) -> None:
    chosen = {main: str(office.pk), f"lock:{main}": "on", f"{action}_0": "hangup"}
    owner_browser.post(address("hours"), facts(**chosen))

    owner_browser.post(address("hours"), {"reset": action})
    with inside(alpha):
        still = {row.key: (row.locked, row.destination_id) for row in SettingValue.objects.all()}
    owner_browser.post(address("hours"), {"reset": main})

    assert still == {main: (True, None), action: (True, None)}
    with inside(alpha):
        assert [(row.key, row.locked) for row in SettingValue.objects.all()] == [(action, False)]
