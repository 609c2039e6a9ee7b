"""Speed dials: codes, scopes, numbers (SPD-01, SPD-02)."""

import pytest

from extensions.keys.speed_dials import dials_of, shared_dials
from extensions.models import Extension, FeatureCode, SpeedDial, Team
from extensions.services.dialled import NobodyThere
from extensions.services.speed_dials.codes import CodeOfFeature, NotACode, to_code
from extensions.services.speed_dials.edit import CodeTaken, create_speed_dial, edit_speed_dial
from extensions.snapshot.load import take_snapshot
from portal.accounts.models import User
from portal.core.phone_numbers import NotANumber
from portal.core.versions import ChangedMeanwhile
from tenants.models import Tenant
from tests.extensions.conftest import NOON


@pytest.fixture
def desk(inside_alpha: Tenant) -> Extension:
    return Extension.objects.get(number="101")


def make(by: User, extension: Extension | None = None, **facts: str) -> SpeedDial:
    given = {"code": "*7", "label": "Taxi", "number": "6123 4567", **facts}
    return create_speed_dial(extension=extension, by=by, **given)


@pytest.mark.feature("SPD-02")
@pytest.mark.parametrize(
    ("typed", "code"), [("7", "*7"), ("*7", "*7"), ("07", "*7"), ("*07", "*7"), ("0", "*0"), ("99", "*99")]
)
def test_a_code_is_kept_in_one_writing(typed: str, code: str) -> None:
    assert to_code(typed) == code


@pytest.mark.feature("SPD-02")
@pytest.mark.parametrize("typed", ["", "*", "100", "*100", "-1", "**7", "a", "７"])
def test_codes_run_from_0_to_99(typed: str) -> None:
    with pytest.raises(NotACode, match=r"from \*0 to \*99"):
        to_code(typed)


@pytest.mark.feature("SPD-01", "SPD-02")
def test_a_speed_dial_has_code_label_and_number(desk: Extension, owner: User) -> None:
    Team.objects.create(name="Sales", number="600")

    outside = make(owner)
    inside = make(owner, desk, code="07", label="Sales", number="600")
    help_ = make(owner, code="12", number="995")

    assert (outside.code, outside.label, outside.number, outside.extension) == ("*7", "Taxi", "+6561234567", None)
    assert (inside.code, inside.number, inside.extension) == ("*7", "600", desk)
    assert help_.number == "995"


@pytest.mark.feature("SPD-02")
@pytest.mark.parametrize(
    ("facts", "refusal", "field"),
    [
        ({"code": "100"}, NotACode, "code"),
        ({"code": "*8"}, CodeOfFeature, "code"),
        ({"code": "97"}, CodeOfFeature, "code"),
        ({"number": "555"}, NobodyThere, "number"),
        ({"number": ""}, NobodyThere, "number"),
        ({"number": "12"}, NotANumber, "number"),
        ({"number": "+1234567890123456"}, NotANumber, "number"),
        ({"number": "call me"}, NotANumber, "number"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(
    desk: Extension, owner: User, facts: dict[str, str], refusal: type[Exception], field: str
) -> None:
    with pytest.raises(refusal) as told:
        make(owner, **facts)

    assert told.value.field == field
    assert not SpeedDial.objects.exists()


@pytest.mark.feature("SPD-02")
def test_a_feature_code_out_of_use_leaves_its_code_to_speed_dials(desk: Extension, owner: User) -> None:
    FeatureCode.objects.filter(code="*8").update(enabled=False)

    assert make(owner, code="8").code == "*8"


@pytest.mark.feature("SPD-02")
def test_a_code_is_unique_in_each_scope_and_the_personal_one_wins(desk: Extension, owner: User) -> None:
    make(owner, label="Shared taxi")
    make(owner, code="9", label="Lunch")
    make(owner, desk, label="My taxi", number="+6591234567")
    for scope in (None, desk):
        with pytest.raises(CodeTaken, match=r"speed dial \*7 already"):
            make(owner, scope, code="07")

    found = dials_of(desk).order_by("digits", "-extension_id")
    snapshot = take_snapshot(at=NOON)

    assert [(dial.label, dial.overridden) for dial in found.order_by("digits", "pk")] == [
        ("Shared taxi", True), ("My taxi", False), ("Lunch", False),
    ]  # fmt: skip
    assert [dial.label for dial in shared_dials().order_by("digits")] == ["Shared taxi", "Lunch"]
    assert [one.number for one in snapshot.extensions[desk.pk].speed_dials] == ["+6591234567"]


@pytest.mark.feature("SPD-01", "UXP-05")
def test_two_people_changing_one_speed_dial_do_not_overwrite_each_other(desk: Extension, owner: User) -> None:
    dial = make(owner)
    edit_speed_dial(dial=dial, code="88", label="Cab", number="+6591234567", version=1, by=owner)

    with pytest.raises(ChangedMeanwhile):
        edit_speed_dial(dial=dial, code="7", label="Mine", number="+6591234567", version=1, by=owner)

    dial.refresh_from_db()
    assert (dial.code, dial.label, dial.version) == ("*88", "Cab", 2)
