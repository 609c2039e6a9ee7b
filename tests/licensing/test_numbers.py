"""Outside numbers of extensions (LIC-12, EXT-09)."""

from collections.abc import Callable

import pytest

from extensions.models import Configuration, Extension, OutsideNumber
from licensing.capacity import NotEnoughLicences
from licensing.models import Pool
from licensing.services.numbers import NumberGone, change_number
from portal.accounts.models import User
from tests.licensing.conftest import NOON

pytestmark = pytest.mark.usefixtures("exact")
Outside = Callable[[str], OutsideNumber]


def used() -> int:
    return Pool.objects.get(sku="license_number").used


@pytest.mark.feature("LIC-12", "EXT-09")
def test_a_number_is_assigned_replaced_and_removed(
    bought: Callable[..., None], outside: Outside, desk: Extension, owner: User
) -> None:
    bought(license_number=1)
    first, second = outside("+6561000001"), outside("+6561000002")
    version = Configuration.objects.get().version

    change_number(extension=desk, number=first, by=owner, at=NOON)
    change_number(extension=desk, number=second, by=owner, at=NOON)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.extension_id, second.extension_id, second.assigned_at) == (None, desk.pk, NOON)
    assert used() == 1
    change_number(extension=desk, number=None, by=owner, at=NOON)
    assert used() == 0
    assert Configuration.objects.get().version == version + 3


@pytest.mark.feature("LIC-12")
def test_a_number_needs_a_number_licence(
    create: Callable[..., Extension], bought: Callable[..., None], outside: Outside, desk: Extension, owner: User
) -> None:
    bought(license_number=1)
    change_number(extension=desk, number=outside("+6561000001"), by=owner, at=NOON)

    with pytest.raises(NotEnoughLicences, match="Number: 1 license is needed, 0 are free") as refused:
        change_number(extension=create("102"), number=outside("+6561000002"), by=owner, at=NOON)

    assert refused.value.field == "number"


@pytest.mark.feature("EXT-09")
def test_a_number_that_rings_somebody_else_is_refused(
    create: Callable[..., Extension], bought: Callable[..., None], outside: Outside, desk: Extension, owner: User
) -> None:
    bought(license_number=2)
    number = outside("+6561000001")
    change_number(extension=desk, number=number, by=owner, at=NOON)

    with pytest.raises(NumberGone):
        change_number(extension=create("102"), number=number, by=owner, at=NOON)

    assert used() == 1
