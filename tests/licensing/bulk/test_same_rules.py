"""The form for one row and the check of a set say the same, and both say what the rules in plain Python say."""

import random
from collections.abc import Callable

import pytest

from extensions.models import Extension, OutsideNumber
from licensing.bulk.checking import check_rows
from licensing.bulk.drafts import create_template
from licensing.bulk.reading import Kind, UnreadableFile, clean_row
from licensing.bulk.staging import stage
from licensing.bulk.users import add_file, add_user
from licensing.models import AssignmentTemplate
from portal.accounts.models import User
from portal.core.errors import Refusals
from tests.licensing.bulk.conftest import NOON
from tests.licensing.bulk.files import random_file, random_rows
from tests.licensing.bulk.oracle import Cells, Company, expected

pytestmark = pytest.mark.usefixtures("plenty")


@pytest.fixture
def company(people: Callable, numbers: Callable) -> Company:
    """Eight people, one of them busy, two with one name and one locked; four numbers, one of them in use."""
    people("Tony", "Jane Doe", "jane doe", "Kim Lee", "Locked Out", "Busy Bee", "Ann O'Nym", "Wei-Chen Zürich")
    numbers("+6561000001", "+6561000002", "+6561000003", "+6561000004")
    User.objects.filter(display_name="Locked Out").update(is_active=False)
    busy = Extension.objects.get(number="101")
    Extension.objects.filter(pk=busy.pk).update(user=User.objects.get(display_name="Busy Bee"), state="active")
    OutsideNumber.objects.filter(e164="+6561000004").update(extension=busy)
    return Company.now()


def found_in(template: AssignmentTemplate) -> list[set[str]]:
    rows = template.rows.order_by("position").values_list("problems", flat=True)
    return [{code for _column, code, _told in problems} for problems in rows]


def as_a_set(rows: list[Cells], by_uuid: bool, owner: User) -> list[set[str]]:
    template = create_template(name="Set", addons=[], by=owner, at=NOON)
    kind = Kind.UUID if by_uuid else Kind.NAME
    stage(template, None, [(place, clean_row(kind, *row)) for place, row in enumerate(rows, 2)], first=1)
    return found_in(check_rows(template))


@pytest.mark.feature("BLK-08", "BLK-09", "BLK-11", "BLK-12")
@pytest.mark.parametrize("seed", range(8))
def test_a_set_is_told_what_the_rules_say(company: Company, owner: User, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    by_uuid = bool(seed % 2)
    rows = random_rows(chance, company, by_uuid=by_uuid, most=120)

    assert as_a_set(rows, by_uuid, owner) == expected(rows, company, by_uuid=by_uuid)


@pytest.mark.parametrize("seed", range(4))
def test_the_form_tells_one_row_what_a_set_tells_it(company: Company, owner: User, seed: int) -> None:
    chance = random.Random(100 + seed)  # noqa: S311 - no secret
    template = create_template(name="Form", addons=[], by=owner, at=NOON)
    taken: list[Cells] = []
    for row in random_rows(chance, company, by_uuid=False, most=25):
        told = as_a_set([*taken, row], False, owner)
        try:
            add_user(template=template, ext_key=row[0], person=row[1], number=row[2], by=owner)
        except Refusals:
            assert told[-1], row
        else:
            assert not told[-1], row
            taken.append(row)
    assert found_in(template) == [set() for _row in taken]


@pytest.mark.feature("BLK-10", "BLK-24", "BLK-27")
def test_files_of_every_sort_are_read_or_refused_and_never_fail(company: Company, owner: User) -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    outcomes = {True: 0, False: 0}
    for _file in range(150):
        made = random_file(chance, company)
        template = create_template(name="File", addons=[], by=owner, at=NOON)
        try:
            add_file(template=template, name="x", content=made.content, by=owner, at=NOON)
        except UnreadableFile:
            outcomes[False] += 1
            assert not template.rows.exists()
        else:
            outcomes[True] += 1
            if not made.broken:
                assert found_in(template) == expected(made.rows, company, by_uuid=made.by_uuid)
    assert min(outcomes.values()) > 10
