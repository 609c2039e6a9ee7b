"""What is said of rows in view of the company: one row or a whole file, by the same rules."""

from collections.abc import Callable

import pytest

from extensions.models import Extension, OutsideNumber
from licensing.bulk.checking import check_rows
from licensing.bulk.problems import explain
from licensing.bulk.users import TooManyUsers, add_file, add_user, remove_file, remove_user, remove_wrong_rows
from licensing.models import AssignmentRow, AssignmentTemplate
from portal.accounts.models import User
from portal.core.errors import Refusals
from tests.licensing.bulk.conftest import HEADING, NOON

Make = Callable[..., AssignmentTemplate]


def codes(template: AssignmentTemplate) -> list[tuple[int, str]]:
    rows = AssignmentRow.objects.filter(template=template).order_by("position")
    return [(row.line, code) for row in rows for _column, code, _told in row.problems]


@pytest.mark.feature("BLK-08", "BLK-11", "BLK-12", "BLK-22", "BLK-24")
def test_every_row_is_told_what_stands_in_its_way(
    draft: Make, people: Callable, numbers: Callable, plenty: None
) -> None:
    people("Tony", "Jane", "Jane", "Kim Lee", "Locked Out", "Busy Bee", "Free One", "Ann Other")
    numbers("+6512345678", "+6512345679")
    User.objects.filter(display_name="Locked Out").update(is_active=False)
    busy = Extension.objects.get(number="101")
    Extension.objects.filter(pk=busy.pk).update(user=User.objects.get(display_name="Busy Bee"), state="active")
    OutsideNumber.objects.filter(e164="+6512345679").update(extension=busy)

    template = draft(
        "201,tony  ,+6512345678\n"
        "101,Free One,\n"
        "202,Nobody Here,\n"
        "203,Jane,\n"
        "204,Locked Out,\n"
        "205,Busy Bee,\n"
        "112,Ann Other,\n"
        "206,Kim Lee,+6512345679\n"
        "207,Kim Lee,+6599999999\n"
        "207,Lee Kim,+6512345678\n"
    )

    assert codes(template) == [
        (2, "number_twice"),
        (3, "key_taken"),
        (4, "name_none"),
        (5, "name_many"),
        (6, "user_locked"),
        (7, "user_assigned"),
        (8, "key_emergency"),
        (9, "number_taken"),
        (9, "user_twice"),
        (10, "number_none"),
        (10, "key_twice"),
        (10, "user_twice"),
        (11, "name_none"),
        (11, "key_twice"),
        (11, "number_twice"),
    ]
    assert (template.total, template.wrong) == (10, 10)


@pytest.mark.feature("BLK-11")
def test_a_name_that_fits_nobody_or_several_lists_the_candidates(draft: Make, people: Callable) -> None:
    first, second, tan = people("Jane Doe", "Jane Doe", "Kim Tan")

    rows = AssignmentRow.objects.filter(template=draft("201,Jane Doe,\n202,Kim Tann,\n203,Zed,\n")).order_by("position")
    told = [one.sentence for one in explain(rows)]

    assert str(first.identity) in told[0]
    assert second.username in told[0]
    assert "Use a file with identity UUIDs" in told[0]
    assert tan.username in told[1]
    assert "Candidates" not in told[2]


@pytest.mark.feature("BLK-09")
def test_an_identity_uuid_names_exactly_one_of_two_with_the_same_name(draft: Make, people: Callable) -> None:
    first, _second = people("Jane Doe", "Jane Doe")

    template = draft(
        f"Ext Key,Identity UUID,Number\n201,{str(first.identity).upper()},\n202,{'0' * 8}-0000-4000-8000-{'0' * 12},"
    )

    assert codes(template) == [(3, "uuid_none")]
    assert template.rows.get(position=1).user_id == first.pk


@pytest.mark.feature("BLK-24")
def test_a_row_typed_by_hand_is_told_the_same_beside_its_fields(draft: Make, people: Callable, owner: User) -> None:
    people("Tony", "Jane")
    template = draft("201,Tony,\n")

    with pytest.raises(Refusals) as refused:
        add_user(template=template, ext_key="201", person="Tony", number="+65123", by=owner)

    assert set(refused.value.errors) == {"ext_key", "person", "number"}
    assert "several rows: 2" in refused.value.errors["ext_key"]
    assert add_user(template=template, ext_key="202", person="Jane", number="", by=owner).total == 2


@pytest.mark.feature("BLK-14")
def test_several_files_make_one_list_and_duplicates_are_seen_across_them(
    draft: Make, people: Callable, owner: User
) -> None:
    people("Tony", "Jane")
    template = draft("201,Tony,\n")

    template, second = add_file(
        template=template, name="b.csv", content=f"{HEADING}201,Jane,".encode(), by=owner, at=NOON
    )
    assert (template.total, template.wrong) == (2, 2)

    template = remove_file(file=second, by=owner)
    assert (template.total, template.wrong) == (1, 0)


@pytest.mark.feature("BLK-14")
def test_a_template_holds_at_most_fifteen_thousand_users_from_all_its_files(draft: Make, owner: User) -> None:
    many = HEADING + "\n".join(f"{number:05d},Person {number}," for number in range(15_000))
    template = draft(many)
    assert template.total == 15_000

    with pytest.raises(TooManyUsers) as refused:
        add_file(template=template, name="b.csv", content=f"{HEADING}201,Jane,".encode(), by=owner, at=NOON)
    assert "15001" in refused.value.message


def test_wrong_rows_and_single_users_are_taken_out(draft: Make, people: Callable, owner: User) -> None:
    people("Tony", "Jane")
    template = draft("201,Tony,\n202,Jane,\n203,Nobody,\n")

    assert remove_wrong_rows(template=template, by=owner) == 1
    assert remove_user(row=template.rows.get(ext_key="202"), by=owner).total == 1


def test_what_changes_in_the_company_is_seen_by_the_next_check(draft: Make, people: Callable) -> None:
    tony = people("Tony")[0]
    template = draft("201,Tony,\n")
    assert codes(template) == []

    Extension.objects.filter(number="101").update(user=tony, state="active")

    assert check_rows(template).wrong == 1
    assert codes(template) == [(2, "user_assigned")]
