"""The pages of bulk assignments, as people use them."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from extensions.models import Extension
from licensing.bulk.limits import MOST_BYTES
from licensing.bulk.start import start_run
from licensing.models import AssignmentTemplate, BulkMode, BulkState
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.jobs.drain import run_due
from tenants.door import inside, inside_management
from tenants.models import Tenant
from tests.licensing.bulk.conftest import HEADING, NOON

Make = Callable[..., AssignmentTemplate]
BASE = "/licences/phone-system/bulk/"
LATER = ["in_progress", "completed", "failed", "cancelled"]


def address(template: AssignmentTemplate, page: str) -> str:
    return f"{BASE}{template.uuid}/{page}/"


def buttons(answer: object) -> list[str]:
    cell = answer.content.decode().split('class="row-actions">')[1].split("</td>")[0]
    return re.findall(r"</svg>([^<]+)<", cell)


def upload(look: Client, template: AssignmentTemplate, content: bytes, name: str = "people.csv") -> object:
    return look.post(address(template, "users"), {"file": SimpleUploadedFile(name, content)})


@pytest.fixture
def look(browser_of: Callable, owner: User, alpha: Tenant) -> Client:
    """The owner's browser in alpha."""
    return browser_of(owner, alpha)


@pytest.fixture
def made(alpha_now: Tenant, draft: Make) -> Make:
    """`made(rows, …)`: a draft, made inside alpha whatever a page left behind."""

    def make(rows: str = "", **facts: object) -> AssignmentTemplate:
        with inside(alpha_now):
            return draft(rows, **facts)

    return make


def work() -> None:
    with inside_management():
        run_due("bulk")


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


@pytest.mark.feature("BLK-16", "BLK-18", "BLK-19")
@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        ("draft", ["Licenses", "Users", "Assign", "Duplicate", "Delete"]),
        ("in_progress", ["Licenses", "Users", "Report", "Duplicate"]),
        ("completed", ["Licenses", "Report", "Duplicate"]),
        ("failed", ["Licenses", "Report", "Duplicate"]),
        ("cancelled", ["Licenses", "Report", "Duplicate"]),
    ],
)
def test_each_state_has_exactly_its_buttons_and_the_server_knows_no_others(
    look: Client, made: Make, people: Callable, alpha_now: Tenant, state: str, wanted: list[str]
) -> None:
    people("Tony")
    template = made("201,Tony,\n")
    with inside(alpha_now):
        AssignmentTemplate.objects.filter(pk=template.pk).update(state=state)

    assert buttons(look.get(BASE)) == wanted
    pages = {"licences": "Licenses", "users": "Users", "assign": "Assign", "report": "Report"}
    pages |= {"duplicate": "Duplicate", "delete": "Delete"}
    for page, label in pages.items():
        assert look.get(address(template, page)).status_code == (200 if label in wanted else 404), page


@pytest.mark.feature("BLK-16", "BLK-18")
@pytest.mark.parametrize("state", LATER)
def test_after_the_start_licences_and_users_can_only_be_seen(
    look: Client, made: Make, people: Callable, alpha_now: Tenant, state: str
) -> None:
    people("Tony")
    template = made("201,Tony,\n")
    with inside(alpha_now):
        AssignmentTemplate.objects.filter(pk=template.pk).update(state=state)
        file = template.files.get()

    assert b"<form class=" not in look.get(address(template, "licences")).content.split(b"<main")[1]
    assert look.post(address(template, "licences"), {"name": "Other", "version": 1}).status_code == 422
    upload(look, template, f"{HEADING}202,Jane,".encode())
    look.post(f"{BASE}{template.uuid}/files/{file.pk}/remove/")
    with inside(alpha_now):
        template.refresh_from_db()
        assert (template.name, template.rows.count()) == ("New people", 1)


@pytest.mark.feature("BLK-17")
def test_assign_is_grey_and_disabled_while_there_are_no_users_and_blue_afterwards(
    look: Client, made: Make, people: Callable
) -> None:
    template = made()
    page = look.get(BASE).content.decode()
    assert re.search(
        r'<span class="btn btn-sm btn-start" role="link" aria-disabled="true"[^>]*title="There are no users', page
    )

    answer = look.post(address(template, "assign"), {"mode": "skip"})
    assert answer.status_code == 422
    assert "Upload a file first" in answer.content.decode()

    people("Tony")
    upload(look, template, f"{HEADING}201,Tony,".encode())
    assert re.search(
        rf'<a class="btn btn-sm btn-primary btn-start" href="{address(template, "assign")}"',
        look.get(BASE).content.decode(),
    )


@pytest.mark.feature("BLK-16")
def test_a_draft_is_renamed_and_given_other_addons(look: Client, made: Make, alpha_now: Tenant, plenty: None) -> None:
    template = made()

    look.post(
        address(template, "licences"), {"name": "Better name", "addons": ["team_chat"], "version": template.version}
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


@pytest.mark.feature("BLK-22", "BLK-25")
def test_the_dry_run_shows_what_would_be_made_and_used_and_writes_nothing(
    look: Client, made: Make, people: Callable, bought: Callable, alpha_now: Tenant
) -> None:
    people("Tony", "Jane")
    bought(phone_system=None, team_chat=1)
    template = made("201,Tony,\n202,Jane,\n203,Nobody,\n", addons=("team_chat",))
    with inside(alpha_now):
        before = (Extension.objects.count(), LogEntry.objects.count(), template.rows.filter(state="waiting").count())

    page = look.get(address(template, "dry-run")).content.decode()

    assert "2 extensions with a voicemail box each, from 201 to 202" in page
    assert "1 missing" in page
    assert "1 row with a problem" in page
    with inside(alpha_now):
        assert before == (
            Extension.objects.count(),
            LogEntry.objects.count(),
            template.rows.filter(state="waiting").count(),
        )


@pytest.mark.feature("BLK-22")
def test_a_shortage_blocks_the_start_and_is_named_with_its_figures(
    look: Client, made: Make, people: Callable, bought: Callable
) -> None:
    people("Tony", "Jane")
    bought(phone_system=None, team_chat=1)
    template = made("201,Tony,\n202,Jane,\n", addons=("team_chat",))

    shown = look.get(address(template, "assign")).content.decode()
    answer = look.post(address(template, "assign"), {"mode": "all"})

    assert "too few licenses" in shown
    assert "<button" not in shown.split('class="work-main"')[1].split("</main>")[0]
    assert answer.status_code == 422
    assert "Team Chat: 2 needed, 1 available." in answer.content.decode()


@pytest.mark.feature("BLK-20", "BLK-23")
def test_the_run_shows_its_progress_and_ends_in_a_report_that_is_exported(
    look: Client, made: Make, people: Callable, plenty: None, alpha_now: Tenant
) -> None:
    people("Tony", "Jane")
    template = made("201,Tony,\n202,Jane,\n203,Nobody,\n", addons=("team_chat",))

    answer = look.post(address(template, "assign"), {"mode": "skip"})
    assert answer["Location"] == address(template, "report")
    assert "0 of 3 users done" in look.get(address(template, "report")).content.decode()
    poll = look.get(address(template, "report") + "progress/", headers={"HX-Request": "true"})
    assert "HX-Refresh" not in poll
    work()

    assert look.get(address(template, "report") + "progress/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    page = look.get(address(template, "report")).content.decode()
    assert "2 of 3 assigned, 1 failed, 0 skipped" in page
    file = b"".join(look.get(address(template, "report") + "?export=csv").streaming_content).decode("utf-8-sig")
    lines = file.splitlines()
    assert lines[0] == "Row,Ext Key,User,Number,Add-ons,Outcome,Reason"
    assert lines[1:3] == ["2,201,Tony,,Team Chat,Assigned,", "3,202,Jane,,Team Chat,Assigned,"]
    assert lines[3].startswith("4,203,Nobody,,,Failed,There is no user with this name.")
    assert "Nobody" in look.get(address(template, "report") + "?state=failed").content.decode()


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


@pytest.mark.feature("BLK-16", "BLK-20")
def test_who_may_only_look_sees_no_button_that_changes_and_is_refused(
    browser_of: Callable, manager: User, agent: User, alpha: Tenant, made: Make, people: Callable
) -> None:
    people("Tony")
    template = made("201,Tony,\n")
    managers, agents = browser_of(manager, alpha), browser_of(agent, alpha)

    assert buttons(managers.get(BASE)) == ["Licenses", "Users"]
    for page in ("assign", "delete", "duplicate"):
        assert managers.post(address(template, page)).status_code == 403
    assert managers.post(address(template, "licences"), {"name": "x"}).status_code == 403
    assert upload(managers, template, b"x").status_code == 403
    assert agents.get(BASE).status_code == 403


@pytest.mark.feature("BLK-26")
def test_a_run_is_cancelled_on_the_report_page(
    look: Client, made: Make, people: Callable, plenty: None, alpha_now: Tenant
) -> None:
    people("Tony")
    template = made("201,Tony,\n")
    look.post(address(template, "assign"), {"mode": "all"})

    assert "Cancel the run" in look.get(address(template, "report")).content.decode()
    look.post(address(template, "cancel"))
    work()

    with inside(alpha_now):
        template.refresh_from_db()
        assert template.state == BulkState.CANCELLED
        assert template.rows.get().state == "skipped"
    assert look.post(address(template, "cancel")).status_code == 422


def test_a_start_of_the_same_template_by_two_is_done_once(
    made: Make, people: Callable, plenty: None, owner: User, look: Client, alpha_now: Tenant
) -> None:
    people("Tony")
    template = made("201,Tony,\n")
    with inside(alpha_now):
        start_run(template=template, mode=BulkMode.ALL, by=owner, at=NOON)

    assert look.post(address(template, "assign"), {"mode": "all"}).status_code == 404
