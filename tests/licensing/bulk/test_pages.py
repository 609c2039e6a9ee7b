"""The pages of drafts: list, name, add-ons, users and files."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import Workbook

from licensing.bulk.limits import MOST_BYTES
from licensing.models import AssignmentTemplate
from tenants.door import inside, inside_management
from tenants.models import Tenant
from tests.licensing.bulk.conftest import HEADING
from tests.licensing.bulk.pages import BASE, address, upload

Make = Callable[..., AssignmentTemplate]


@pytest.mark.feature("BLK-01", "BLK-03", "BLK-04")
def test_the_list_has_search_refresh_create_and_its_columns(look: Client, made: Make) -> None:
    template = made(name="Night desk")
    made(name="Day desk")

    page = look.get(BASE).content.decode()
    assert re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([\w ]+)', page)[:4] == [
        "UUID",
        "Name",
        "Total users",
        "Status",
    ]
    assert "Refresh" in page
    assert f'href="{BASE}new/"' in page
    for words in ("night", str(template.uuid), str(template.uuid)[:8].upper()):
        found = look.get(BASE, {"q": words}).content.decode()
        assert "Night desk" in found
        assert "Day desk" not in found
    assert f'href="{BASE}"' in look.get("/licences/phone-system/").content.decode()


@pytest.mark.feature("BLK-05")
def test_create_asks_for_name_and_addons_and_next_leads_to_the_users(
    look: Client, alpha_now: Tenant, plenty: None
) -> None:
    refused = look.post(f"{BASE}new/", {"name": " ", "addons": ["team_chat"]})
    answer = look.post(f"{BASE}new/", {"name": "Night desk", "addons": ["team_chat", "call_recording"]})

    assert refused.status_code == 422
    assert refused.context["form"].errors["name"]
    with inside(alpha_now):
        template = AssignmentTemplate.objects.get(name="Night desk")
    assert template.addons == ["call_recording", "team_chat"]
    assert answer["Location"] == address(template, "users")
    assert "Next" in look.get(f"{BASE}new/").content.decode()


@pytest.mark.feature("BLK-05")
def test_an_addon_that_is_not_offered_is_refused(look: Client, alpha_now: Tenant) -> None:
    answer = look.post(f"{BASE}new/", {"name": "Night desk", "addons": ["device_sim"]})

    assert answer.status_code == 422
    assert answer.context["form"].errors["addons"]


@pytest.mark.feature("BLK-06", "BLK-07")
@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("name", ["Ext Key,User's Name,Number", "101,Tony,+6512345678", "102,Jane,"]),
        (
            "uuid",
            [
                "Ext Key,Identity UUID,Number",
                "101,652d2f57-6e3b-4170-8bf9-4f1e98c88b56,+6512345678",
                "102,7bccb66a-61bc-4bc0-85e6-7fd5e4b1708e,",
            ],
        ),
    ],
)
def test_both_samples_are_downloaded_from_the_menu(look: Client, kind: str, lines: list[str]) -> None:
    answer = look.get(f"{BASE}sample/{kind}/")

    assert b"".join(answer.streaming_content).decode("utf-8-sig").splitlines() == lines
    assert f"{BASE}sample/{kind}/" in look.get(f"{BASE}new/").content.decode()


@pytest.mark.feature("BLK-16")
def test_a_draft_is_renamed_and_given_other_addons(look: Client, made: Make, alpha_now: Tenant, plenty: None) -> None:
    template = made()

    look.post(
        address(template, "licences/save"),
        {"name": "Better name", "addons": ["team_chat"], "version": template.version},
    )

    with inside(alpha_now):
        template.refresh_from_db()
    assert (template.name, template.addons) == ("Better name", ["team_chat"])


@pytest.mark.feature("BLK-24")
def test_every_problem_of_a_file_is_shown_with_its_row_and_column_and_downloaded(
    look: Client, made: Make, people: Callable
) -> None:
    people("Tony", "Jane Doe")
    template = made()

    answer = upload(look, template, f"{HEADING}12,Tony,\n201,Jane Do,x\n202,Tony,\n".encode())
    page = look.get(answer["Location"]).content.decode()
    file = b"".join(look.get(address(template, "users") + "errors/").streaming_content).decode("utf-8-sig")

    assert "3 of 3 rows have problems" in page
    assert "An Ext Key has 3 to 5 digits; this one has 2." in page
    assert "There is no user with this name. Candidates: Jane Doe" in page
    lines = file.splitlines()
    assert lines[0] == "Ext Key,User's Name,Number,Error"
    assert lines[1].startswith('12,Tony,,"Ext Key: An Ext Key has 3 to 5 digits') or lines[1].startswith(
        "12,Tony,,Ext Key: An"
    )
    assert "Number: A number has 6 to 15 digits" in lines[2]
    assert upload(look, template, file.encode()).status_code == 302


@pytest.mark.feature("BLK-06", "BLK-08")
def test_where_the_file_is_chosen_stands_which_one_and_that_it_makes_new_extensions_only(
    look: Client, made: Make
) -> None:
    page = look.get(address(made(), "users")).content.decode()

    chosen = page.split('class="assign-which"')[1].split("</form>")[0]
    assert "the columns Ext Key, User&#x27;s Name or Identity UUID, and Number" in chosen.replace("'", "&#x27;")
    assert [f'href="{BASE}sample/{kind}/"' in chosen for kind in ("name", "uuid")] == [True, True]
    assert "makes a new extension" in chosen
    assert "must not be in use yet" in chosen


@pytest.mark.feature("BLK-22")
def test_rows_are_not_called_fine_while_licenses_are_short(
    look: Client, made: Make, people: Callable, bought: Callable
) -> None:
    people("Tony", "Jane")
    bought(phone_system=2, team_chat=1)
    template = made("201,Tony,\n202,Jane,\n", addons=("team_chat",))

    short = look.get(address(template, "users")).content.decode()
    bought(phone_system=3, team_chat=2)
    enough = look.get(address(template, "users")).content.decode()

    assert "fine" not in short.split("note-title")[1].split("</div>")[0]
    assert "all of them are fine" not in short
    assert "Phone System: 2 needed, 1 available." in short
    assert "Team Chat: 2 needed, 1 available." in short
    assert '<a href="/licences/buy/">Get more</a>' in short
    assert "2 rows, and all of them are fine." in enough
    assert "Get more" not in enough


@pytest.mark.feature("BLK-22", "TEN-06")
def test_the_companys_own_limit_is_a_shortage_as_well(
    look: Client, made: Make, people: Callable, plenty: None, alpha_now: Tenant
) -> None:
    people("Tony", "Jane")
    template = made("201,Tony,\n202,Jane,\n")
    with inside_management():
        Tenant.objects.filter(pk=alpha_now.pk).update(max_extensions=2)

    page = look.get(address(template, "users")).content.decode()

    assert "Extensions that the company may have: 2 needed, 1 available." in page


@pytest.mark.feature("BLK-10", "BLK-13", "BLK-15", "BLK-27")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x" * (MOST_BYTES + 1), "larger than 5 MB"),
        (HEADING.encode() + b"201,Tony,\n202,652d2f57-6e3b-4170-8bf9-4f1e98c88b56,\n", "rows 3"),
        (b"Ext Key,User's Name,Shoe size\n201,Tony,44\n", "Shoe size"),
        (HEADING.encode() + b"".join(b"%05d,P,\n" % n for n in range(15_001)), "15000"),
        (b"", "empty"),
    ],
)
def test_a_file_that_is_refused_says_why_beside_the_field_and_changes_nothing(
    look: Client, made: Make, alpha_now: Tenant, content: bytes, words: str
) -> None:
    template = made()

    answer = upload(look, template, content)

    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors["file"])
    with inside(alpha_now):
        assert not template.rows.exists()
        assert not template.files.exists()


def test_a_workbook_is_uploaded_as_well(look: Client, made: Make, people: Callable, alpha_now: Tenant) -> None:
    people("Tony")
    template, book, file = made(), Workbook(), BytesIO()
    for row in (["Ext Key", "User's Name", "Number"], [201, "Tony", None]):
        book.active.append(row)
    book.save(file)

    assert upload(look, template, file.getvalue(), "people.xlsx").status_code == 302
    with inside(alpha_now):
        assert template.rows.get().problems == []


@pytest.mark.feature("BLK-21")
def test_duplicate_makes_a_draft_with_name_addons_and_if_wanted_users(
    look: Client, made: Make, people: Callable, alpha_now: Tenant, plenty: None
) -> None:
    people("Tony")
    template = made("201,Tony,\n", addons=("team_chat",), name="x" * 100)

    look.post(address(template, "duplicate"), {"with_users": "on"})
    look.post(address(template, "duplicate"), {})

    with inside(alpha_now):
        copies = AssignmentTemplate.objects.exclude(pk=template.pk).order_by("pk")
        assert [(one.name, one.addons, one.state, one.total) for one in copies] == [
            ("x" * 93 + " (copy)", ["team_chat"], "draft", 1),
            ("x" * 93 + " (copy)", ["team_chat"], "draft", 0),
        ]


@pytest.mark.feature("BLK-16")
def test_delete_asks_first_and_then_the_draft_is_gone(
    look: Client, made: Make, people: Callable, alpha_now: Tenant
) -> None:
    people("Tony")
    template = made("201,Tony,\n")

    assert "Nobody was assigned by it" in look.get(address(template, "delete")).content.decode()
    assert look.post(address(template, "delete"))["Location"] == BASE
    with inside(alpha_now):
        assert not AssignmentTemplate.objects.filter(pk=template.pk).exists()


def test_a_user_is_typed_by_hand_and_taken_out_again(
    look: Client, made: Make, people: Callable, alpha_now: Tenant
) -> None:
    people("Tony")
    template = made()

    wrong = look.post(address(template, "users/add"), {"ext_key": "101", "person": "Nobody", "number": ""})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"ext_key", "person"}
    look.post(address(template, "users/add"), {"ext_key": "201", "person": "Tony", "number": ""})
    with inside(alpha_now):
        row = template.rows.get()
    look.post(f"{BASE}{template.uuid}/users/{row.pk}/remove/")
    with inside(alpha_now):
        assert not template.rows.exists()


@pytest.mark.feature("BLK-11", "EXP-06")
def test_the_exported_users_have_the_candidates_of_each_wrong_row(
    look: Client, made: Make, people: Callable, alpha_now: Tenant
) -> None:
    people("Tony Tan", "Jane Lim")
    template = made("201,Tony Ton,\n202,Jane Lin,\n")

    answer = look.get(address(template, "users") + "?export=csv")

    first, second = b"".join(answer.streaming_content).decode().splitlines()[1:]
    assert ("Tony Tan" in first, "Jane Lim" in second) == (True, True)
