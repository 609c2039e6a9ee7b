"""One key: every kind, every refusal (BLF-01, BLF-02, BLF-06)."""

from collections.abc import Callable

import pytest

from extensions.keys.in_force import keys_in_force
from extensions.models import (
    AgentStatus,
    Extension,
    FeatureCode,
    Key,
    KeyKind,
    ParkingLot,
    ParkingSlot,
    Phone,
    SpeedDial,
    Team,
)
from extensions.services.dialled import NobodyThere
from extensions.services.keys.edit import KeySaid, move_key, remove_key, set_key
from extensions.services.keys.panels import KeyLocked, NoSuchKey, panel_for
from extensions.services.keys.targets import HiddenColleague, NoSuchKeyTarget, WatchesOneself
from extensions.services.settings import change_settings
from extensions.settings.subjects import COMPANY, Subject
from portal.accounts.models import User
from portal.core.phone_numbers import NotANumber
from portal.core.versions import ChangedMeanwhile
from tests.extensions.conftest import NOON
from tests.extensions.keys.conftest import labels

Put = Callable[..., Key]


@pytest.fixture
def things(sales: Team) -> None:
    """One of everything that a key can point at."""
    lot = ParkingLot.objects.create(pk=1, number="700")
    ParkingSlot.objects.create(lot=lot, number="701", label="Counter")
    SpeedDial.objects.create(code="*7", label="Taxi", number="+6561234567")


@pytest.mark.feature("BLF-01", "BLF-02")
@pytest.mark.parametrize(
    ("kind", "typed", "label", "target"),
    [
        ("line", "", "101", ""),
        ("presence", "102", "Mei Tan", "102 Mei Tan"),
        ("presence", "mei tan", "Mei Tan", "102 Mei Tan"),
        ("speed_dial", "7", "Taxi", "*7 → +65 6123 4567"),
        ("custom_dial", "6123 4567", "+65 6123 4567", "+65 6123 4567"),
        ("custom_dial", "600", "600", "600"),
        ("custom_dial", "995", "995", "995"),
        ("parking", "701", "Counter", "701 Counter"),
        ("team_login", "sales", "Sales", "600 Sales"),
        ("team_login", "600", "Sales", "600 Sales"),
        ("status", "away", "Away", "Away"),
        ("voicemail", "", "Voicemail", ""),
        ("feature", "*78", "Do not disturb on", "*78 Do not disturb on"),
    ],
)
def test_every_kind_of_key_can_be_put_on_a_telephone(
    things: None, desk: Extension, put: Put, kind: str, typed: str, label: str, target: str
) -> None:
    put(desk, 3, kind, typed)

    held = keys_in_force(desk)

    assert [(one.position, one.kind, one.label, one.target) for one in held] == [(3, kind, label, target)]


@pytest.mark.feature("BLF-02")
@pytest.mark.parametrize(
    ("kind", "typed", "refusal"),
    [
        ("presence", "", NoSuchKeyTarget),
        ("presence", "999", NoSuchKeyTarget),
        ("presence", "101", WatchesOneself),
        ("speed_dial", "*8", NoSuchKeyTarget),
        ("custom_dial", "", NobodyThere),
        ("custom_dial", "555", NobodyThere),
        ("custom_dial", "12a4567", NotANumber),
        ("parking", "799", NoSuchKeyTarget),
        ("team_login", "Nobody", NoSuchKeyTarget),
        ("status", "Asleep", NoSuchKeyTarget),
        ("status", "Custom 1", NoSuchKeyTarget),
        ("feature", "*123", NoSuchKeyTarget),
    ],
)
def test_a_target_that_is_not_there_is_refused_beside_its_field(
    things: None, desk: Extension, put: Put, kind: str, typed: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as told:
        put(desk, 0, kind, typed)

    assert told.value.field == "target"
    assert keys_in_force(desk) == []


@pytest.mark.feature("BLF-02")
def test_labels_follow_a_renamed_colleague_unless_somebody_typed_one(desk: Extension, mei: Extension, put: Put) -> None:
    put(desk, 0, "presence", "102")
    put(desk, 1, "presence", "102", label="The boss")

    mei.directory_name = "Mei Lim"
    mei.number = "202"
    mei.save()

    assert [(one.label, one.target) for one in keys_in_force(desk)] == [
        ("Mei Lim", "202 Mei Lim"),
        ("The boss", "202 Mei Lim"),
    ]


@pytest.mark.feature("BLF-05")
@pytest.mark.parametrize("position", [27, 500, -1])
def test_a_key_that_the_model_does_not_have_is_refused(desk: Extension, put: Put, position: int) -> None:
    with pytest.raises(NoSuchKey, match="has 27 keys"):
        put(desk, position, "line")


@pytest.mark.feature("BLF-05")
def test_an_expansion_module_and_the_larger_of_two_telephones_raise_the_limit(desk: Extension, put: Put) -> None:
    Phone.objects.create(mac="000413000001", model="snom-d713", extension=desk, created_at=NOON)
    Phone.objects.filter(model="yealink-t54w").update(modules=1, mac="805ec0000101")

    assert put(desk, 86, "line").position == 86
    with pytest.raises(NoSuchKey):
        put(desk, 87, "line")


@pytest.mark.feature("BLF-05")
def test_keys_beyond_a_smaller_telephone_are_kept_and_can_be_moved_onto_it(
    desk: Extension, put: Put, owner: User
) -> None:
    put(desk, 20, "voicemail")
    Phone.objects.filter(extension=desk).update(model="poly-vvx250")

    assert [one.position for one in keys_in_force(desk)] == [20]
    move_key(panel=panel_for(desk), position=20, to=3, by=owner)
    assert [one.position for one in keys_in_force(desk)] == [3]


@pytest.mark.feature("BLF-02")
def test_a_key_is_moved_exchanged_and_freed(desk: Extension, mei: Extension, put: Put, owner: User) -> None:
    put(desk, 0, "presence", "102")
    put(desk, 1, "voicemail")

    move_key(panel=panel_for(desk), position=0, to=1, by=owner)
    exchanged = labels(panel_for(desk))
    move_key(panel=panel_for(desk), position=1, to=9, by=owner)
    moved = labels(panel_for(desk))
    remove_key(panel=panel_for(desk), position=9, by=owner)

    assert exchanged == {0: "voicemail", 1: "102"}
    assert moved == {0: "voicemail", 9: "102"}
    assert labels(panel_for(desk)) == {0: "voicemail"}


@pytest.mark.feature("BLF-02")
def test_what_is_not_there_cannot_be_moved_or_freed(desk: Extension, put: Put, owner: User) -> None:
    put(desk, 0, "line")

    with pytest.raises(NoSuchKey):
        move_key(panel=panel_for(desk), position=5, to=6, by=owner)
    with pytest.raises(NoSuchKey):
        move_key(panel=panel_for(desk), position=0, to=99, by=owner)
    with pytest.raises(NoSuchKey):
        remove_key(panel=panel_for(desk), position=5, by=owner)


@pytest.mark.feature("BLF-02", "UXP-05")
def test_two_people_changing_one_panel_do_not_overwrite_each_other(desk: Extension, put: Put) -> None:
    put(desk, 0, "line", version=0)
    seen = panel_for(desk).version
    put(desk, 0, "voicemail", version=seen)

    with pytest.raises(ChangedMeanwhile):
        put(desk, 0, "line", version=seen)
    with pytest.raises(ChangedMeanwhile):
        set_key(panel=type(panel_for(desk))(extension=desk, version=0), position=1,
                said=KeySaid(KeyKind.LINE), by=None, version=0)  # type: ignore[arg-type]  # fmt: skip

    assert labels(panel_for(desk)) == {0: "voicemail"}


@pytest.mark.feature("BLF-06")
def test_a_hidden_colleague_cannot_be_chosen_and_existing_keys_say_so(
    desk: Extension, mei: Extension, put: Put, owner: User
) -> None:
    put(desk, 0, "presence", "102")
    change_settings(subject=Subject(extension=mei), values={"monitoring.visibility": "hidden"}, by=owner)

    with pytest.raises(HiddenColleague, match="Mei Tan does not want to be watched"):
        put(desk, 1, "presence", "102")

    assert [(one.label, one.visible) for one in keys_in_force(desk)] == [("Mei Tan", False)]


@pytest.mark.feature("BLF-06")
def test_visibility_is_inherited_from_the_company_and_the_home_team(
    desk: Extension, sales: Team, put: Put, owner: User
) -> None:
    put(desk, 0, "presence", "102")
    put(desk, 1, "presence", "103")
    Extension.objects.filter(number="103").update(home_team=sales)
    change_settings(subject=COMPANY, values={"monitoring.visibility": "hidden"}, by=owner)
    change_settings(subject=Subject(team=sales), values={"monitoring.visibility": "with_caller"}, by=owner)

    assert [one.visible for one in keys_in_force(desk)] == [False, True]


@pytest.mark.feature("BLF-02")
def test_somebody_who_changes_the_own_telephone_meets_locks(desk: Extension, put: Put, owner: User) -> None:
    put(desk, 0, "line", locked=True)
    put(desk, 1, "voicemail")
    panel = panel_for(desk)

    with pytest.raises(KeyLocked):
        put(desk, 0, "voicemail", respect_locks=True)
    with pytest.raises(KeyLocked):
        remove_key(panel=panel, position=0, by=owner, respect_locks=True)
    with pytest.raises(KeyLocked):
        move_key(panel=panel, position=1, to=0, by=owner, respect_locks=True)

    assert not put(desk, 2, "line", locked=True, respect_locks=True).locked


def test_a_feature_code_that_is_switched_off_cannot_be_chosen(desk: Extension, put: Put) -> None:
    FeatureCode.objects.filter(code="*78").update(enabled=False)
    AgentStatus.objects.filter(kind="away").update(enabled=False)

    for kind, typed in (("feature", "*78"), ("status", "Away")):
        with pytest.raises(NoSuchKeyTarget):
            put(desk, 0, kind, typed)
