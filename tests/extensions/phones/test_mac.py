"""MAC addresses as people write them, and what models can do (PRV-02)."""

import pytest

from extensions.phone_models import MODELS, maker_of, model_of, place_of, sheets
from extensions.services.phones.mac import NotAMac, for_people, to_mac


@pytest.mark.feature("PRV-02")
@pytest.mark.parametrize(
    "typed",
    [
        "80:5E:C0:12:34:56",
        "80-5e-c0-12-34-56",
        "805e.c012.3456",
        "805EC0123456",
        " 80 5e c0 12 34 56 ",
        "805ec0-123456",
    ],
)
def test_every_common_writing_is_the_same_address(typed: str) -> None:
    assert to_mac(typed) == "805ec0123456"
    assert for_people("805ec0123456") == "80:5E:C0:12:34:56"


@pytest.mark.feature("PRV-02")
@pytest.mark.parametrize(
    "typed",
    ["", "80:5e:c0:12:34", "80:5e:c0:12:34:5g", "80:5e:c0:12:34:56:78", "80:5e-c0:12-34:56", "01:00:5e:00:00:01",
     "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "８05ec0123456"],
)  # fmt: skip
def test_what_cannot_be_a_telephones_address_is_refused(typed: str) -> None:
    with pytest.raises(NotAMac):
        to_mac(typed)


def test_the_beginning_of_an_address_hints_at_the_maker() -> None:
    assert maker_of("805ec0123456") == "Yealink"
    assert maker_of("ffffff123456") == ""


@pytest.mark.feature("BLF-05")
@pytest.mark.parametrize(
    ("code", "modules", "keys"),
    [("yealink-t54w", 0, 27), ("yealink-t54w", 2, 147), ("yealink-t54w", 9, 207), ("snom-d785", 1, 42),
     ("poly-vvx250", 3, 4), ("cisco-8861", 1, 38), ("", 0, 20), ("no-such-model", 0, 20)],
)  # fmt: skip
def test_each_model_has_so_many_keys(code: str, modules: int, keys: int) -> None:
    assert model_of(code).keys(modules) == keys


@pytest.mark.feature("BLF-05")
def test_positions_run_through_pages_and_modules_without_a_gap() -> None:
    for model in MODELS.values():
        for modules in range(model.most_modules + 1):
            found = [position for sheet in sheets(model, modules) for position in sheet.positions]

            assert found == list(range(model.keys(modules))), model


def test_a_position_has_a_page_a_side_and_a_row() -> None:
    model = model_of("yealink-t54w")

    second = place_of(9 + 5, model)
    beside = place_of(27, model, 1)

    assert (second.sheet.page, second.on_left, second.row) == (2, False, 1)
    assert (beside.sheet.module, beside.sheet.page, beside.on_left, beside.row) == (1, 1, True, 1)
    assert place_of(27, model) is None
