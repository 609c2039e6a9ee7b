"""The pages around a run: who may start it, what it needs, how it goes, and the buttons of each state."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from extensions.models import Extension
from licensing.bulk.start import start_run
from licensing.models import AssignmentTemplate, BulkMode, BulkState
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.jobs.drain import run_due
from tenants.door import inside, inside_management
from tenants.models import Tenant
from tests.licensing.bulk.conftest import HEADING, NOON
from tests.licensing.bulk.pages import BASE, address, buttons, upload

Make = Callable[..., AssignmentTemplate]
LATER = ["in_progress", "completed", "failed", "cancelled"]


def work() -> None:
    with inside_management():
        run_due("bulk")


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
    assert look.post(address(template, "licences/save"), {"name": "Other", "version": 1}).status_code == 422
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
    assert '<a href="/licences/buy/">Get more</a>' in page
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
    assert '<a href="/licences/buy/">Get more</a>' in shown
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
    assert managers.post(address(template, "licences/save"), {"name": "x"}).status_code == 403
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
