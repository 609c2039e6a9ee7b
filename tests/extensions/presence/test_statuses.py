"""Which statuses exist: names, switches, order, and what takes the place of one that goes (PRS-01, PRS-06)."""

from collections.abc import Callable

import pytest

from extensions.models import (
    AgentStatus,
    Extension,
    Key,
    KeyPanel,
    Presence,
    PresenceChange,
    SettingValue,
    StatusKind,
    StatusSource,
)
from extensions.services.presence import Wish, set_status
from extensions.services.statuses import (
    MustStay,
    NameTaken,
    ReplacementNeeded,
    StatusRules,
    edit_status,
    move_status,
    switch_off_status,
    switch_on_status,
)
from extensions.settings.registry import settings_of
from extensions.settings.subjects import COMPANY, effective_settings
from portal.accounts.models import User
from portal.core.versions import ChangedMeanwhile
from tenants.models import Tenant
from tests.extensions.conftest import NOON


def one(kind: str) -> AgentStatus:
    return AgentStatus.objects.get(kind=kind)


def edited(kind: str, by: User, **facts: object) -> AgentStatus:
    given = {"label": "Somewhere", "set_by_agent": True, "rings_team": True, "takes_queue": True, **facts}
    version = given.pop("version", None)
    return edit_status(status=one(kind), rules=StatusRules(**given), by=by, version=version)


@pytest.mark.feature("PRS-01")
def test_the_seven_statuses_are_there_from_the_start(inside_alpha: Tenant) -> None:
    found = AgentStatus.objects.order_by("position").values_list("label", "enabled")

    assert list(found) == [
        ("Available", True), ("Busy", True), ("Away", True), ("Do not disturb", True),
        ("Custom 1", False), ("Custom 2", False), ("Logged out", True),
    ]  # fmt: skip


@pytest.mark.feature("PRS-01", "PRS-06")
def test_a_status_is_renamed_and_says_what_it_does(inside_alpha: Tenant, owner: User) -> None:
    changed = edited("custom_1", owner, label="Training", set_by_agent=False, rings_team=False, takes_queue=False)

    assert (changed.label, changed.set_by_agent, changed.rings_team, changed.takes_queue) == (
        "Training", False, False, False,
    )  # fmt: skip


@pytest.mark.feature("PRS-01")
def test_two_statuses_never_have_one_name(inside_alpha: Tenant, owner: User) -> None:
    with pytest.raises(NameTaken) as refusal:
        edited("busy", owner, label="AWAY")

    assert refusal.value.field == "label"


@pytest.mark.feature("UXP-05")
def test_saving_over_a_newer_change_is_refused(inside_alpha: Tenant, owner: User) -> None:
    edited("busy", owner, label="Occupied", version=1)

    with pytest.raises(ChangedMeanwhile):
        edited("busy", owner, label="Engaged", version=1)


@pytest.mark.feature("PRS-01")
def test_available_stays_for_everybody(inside_alpha: Tenant, owner: User) -> None:
    with pytest.raises(MustStay):
        edited("available", owner, set_by_agent=False)
    with pytest.raises(MustStay):
        switch_off_status(status=one("available"), replacement=one("busy"), by=owner, at=NOON)


@pytest.mark.feature("PRS-01")
def test_one_more_than_available_stays(inside_alpha: Tenant, owner: User) -> None:
    AgentStatus.objects.exclude(kind__in=["available", "dnd"]).update(enabled=False)

    with pytest.raises(MustStay):
        switch_off_status(status=one("dnd"), replacement=None, by=owner, at=NOON)


@pytest.mark.feature("PRS-01", "TEN-13")
def test_people_keys_and_rules_get_the_replacement_of_a_status_that_goes(
    create: Callable[..., Extension], owner: User, agent: User
) -> None:
    desk = create("102")
    set_status(extension=desk, wish=Wish(StatusKind.AWAY), source=StatusSource.USER, by=agent, at=NOON)
    panel = KeyPanel.objects.create(extension=desk)
    key = Key.objects.create(panel=panel, position=0, kind="status", status=one("away"))

    with pytest.raises(ReplacementNeeded):
        switch_off_status(status=one("away"), replacement=None, by=owner, at=NOON)
    with pytest.raises(ReplacementNeeded):
        switch_off_status(status=one("away"), replacement=one("custom_1"), by=owner, at=NOON)
    switch_off_status(status=one("away"), replacement=one("busy"), by=owner, at=NOON)

    key.refresh_from_db()
    assert not one("away").enabled
    assert key.status.kind == Presence.objects.get(extension=desk).status.kind == "busy"
    assert PresenceChange.objects.filter(extension=desk, after="Busy", note__contains="no longer in use").exists()
    # “Away during breaks” was only the default: now the company says otherwise.
    assert SettingValue.objects.get(key="presence.when_break", level="tenant").value == "busy"
    assert effective_settings(COMPANY, settings_of(["presence.when_break"]))["presence.when_break"].value == "busy"


@pytest.mark.feature("PRS-01")
def test_an_unused_status_goes_without_a_replacement_and_comes_back(inside_alpha: Tenant, owner: User) -> None:
    switch_off_status(status=one("busy"), replacement=None, by=owner, at=NOON)
    assert not one("busy").enabled

    switch_on_status(status=one("busy"), by=owner)
    assert one("busy").enabled


@pytest.mark.feature("PRS-01")
def test_the_order_is_changed_step_by_step(inside_alpha: Tenant, owner: User) -> None:
    move_status(status=one("away"), up=True, by=owner)
    move_status(status=one("available"), up=True, by=owner)  # it is the first already
    move_status(status=one("away"), up=False, by=owner)
    move_status(status=one("away"), up=False, by=owner)

    kinds = list(AgentStatus.objects.order_by("position").values_list("kind", flat=True))
    assert kinds[:4] == ["available", "busy", "dnd", "away"]
