"""“Download”: both files, with the fields and the name of source 002; long ones in the background (EXP-01 to 05)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from extensions.models import Extension, OutsideNumber
from licensing.models import ExportKind, PreparedExport
from licensing.services import exports, long_lists
from licensing.services.addons import change_addons
from licensing.services.making import make_export
from licensing.services.numbers import change_number
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.jobs.models import Outbox
from tenants.door import inside
from tenants.models import Tenant
from tests.licensing.conftest import NOON

Browser = Callable[[User | None, Tenant], Client]
DOWNLOAD = "/licences/phone-system/download"


@pytest.fixture
def browser(browser_of: Browser, alpha: Tenant, owner: User) -> Client:
    return browser_of(owner, alpha)


@pytest.fixture
def stocked(
    bought: Callable[..., None],
    outside: Callable[[str], OutsideNumber],
    create: Callable[..., Extension],
    agent: User,
    owner: User,
) -> Extension:
    bought(phone_system=10, team_chat=3, device_mobile_app=5, license_number=2)
    made = create("102", email=agent.email)
    change_addons(extensions=[made.pk], addons={"team_chat": 1, "device_mobile_app": 2}, by=owner)
    change_number(extension=made, number=outside("+6561000001"), by=owner, at=NOON)
    outside("+6561000002")
    return made


def lines(answer) -> list[str]:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8-sig").splitlines()


@pytest.mark.feature("EXP-01")
def test_download_has_two_entries(browser: Client) -> None:
    page = browser.get("/licences/phone-system/").content.decode()

    for label, kind in (
        ("Export provisioned extension", "extensions"),
        ("Export available number license", "numbers"),
    ):
        assert re.search(rf'href="{DOWNLOAD}/{kind}/"[^§]*?{label}', page)


@pytest.mark.feature("EXP-02", "EXP-03")
def test_the_extension_file_has_exactly_the_fields_and_the_name_of_the_source(
    browser: Client, stocked: Extension, alpha: Tenant, agent: User
) -> None:
    answer = browser.get(f"{DOWNLOAD}/extensions/")

    name = rf'attachment; filename="{alpha.uuid}_\d{{14}}_license_phonesystem_provisioned_extension\.csv"'
    assert re.fullmatch(name, answer["Content-Disposition"])
    found = lines(answer)
    assert found[0] == "Ext Key,Number,User,Addon License details"
    assert found[1:] == ["101,,,", f'102,+6561000001,{agent.display_name},"Mobile App × 2, Team Chat"']
    with inside(alpha):
        assert "provisioned_extension" in str(LogEntry.objects.latest("pk").changes)


@pytest.mark.feature("EXP-03")
def test_the_time_in_the_name_is_utc_to_the_second(alpha: Tenant) -> None:
    at = datetime(2026, 11, 20, 9, 8, 7, tzinfo=UTC)

    name = exports.file_name(ExportKind.EXTENSIONS, organisation=alpha.uuid, at=at)

    assert name == f"{alpha.uuid}_20261120090807_license_phonesystem_provisioned_extension"


@pytest.mark.feature("EXP-04")
def test_the_number_file_has_the_details_of_number_licences(browser: Client, stocked: Extension, alpha: Tenant) -> None:
    answer = browser.get(f"{DOWNLOAD}/numbers/")

    assert "_license_phonesystem_available_number.csv" in answer["Content-Disposition"]
    assert lines(answer) == [
        "Number,Type,Country,State,Assigned to",
        "+6561000001,Geographic,SG,Assigned,102 Wei Chen",
        "+6561000002,Geographic,SG,Available,",
    ]


@pytest.mark.feature("EXP-02")
def test_what_a_spreadsheet_would_run_is_neutralised(
    browser: Client, stocked: Extension, alpha: Tenant, agent: User
) -> None:
    with inside(alpha):
        User.objects.filter(pk=agent.pk).update(display_name="=cmd()")

    assert ",'=cmd()," in lines(browser.get(f"{DOWNLOAD}/extensions/"))[2]


@pytest.mark.feature("EXP-05")
def test_a_long_file_is_made_in_the_background_and_fetched_by_a_link_for_a_day(
    browser: Client, browser_of: Browser, stocked: Extension, alpha: Tenant, manager: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    asked = browser.get(f"{DOWNLOAD}/extensions/")
    browser.post(f"{DOWNLOAD}/extensions/")
    with inside(alpha):
        file = PreparedExport.objects.get()
        assert Outbox.objects.filter(task=exports.TASK, kwargs__export_id=file.pk).exists()
        made = make_export(export_id=file.pk, at=datetime.now(UTC))
        assert make_export(export_id=file.pk, at=datetime.now(UTC)) is None
    link = f"/licences/exports/{file.pk}/"
    fetched = browser.get(link)

    assert "2 rows" in asked.content.decode()
    assert made.until - datetime.now(UTC) > timedelta(hours=23)
    assert lines(fetched)[0] == "Ext Key,Number,User,Addon License details"
    assert made.name in fetched["Content-Disposition"]
    assert browser_of(manager, alpha).get(link).status_code == 404
    assert browser_of(None, alpha).get(link).status_code == 302
    assert "Your file is ready" in browser.get("/licences/phone-system/").content.decode()
    with inside(alpha):
        PreparedExport.objects.update(until=datetime.now(UTC) - timedelta(seconds=1))
    assert browser.get(link).status_code == 404
    with inside(alpha):
        assert exports.forget_exports(at=datetime.now(UTC)) == 1


@pytest.mark.feature("EXP-05")
def test_whoever_asked_gets_a_mail_with_the_link(inside_alpha: Tenant, owner: User) -> None:
    asked = exports.ask_for_export(kind=ExportKind.NUMBERS, by=owner, at=NOON)

    make_export(export_id=asked.pk, at=NOON)

    sent = mail.outbox[-1]
    assert sent.to == [owner.email]
    assert f"/licences/exports/{asked.pk}/" in sent.body
    assert "24 hours" in sent.body


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("manager", 200), ("agent", 403)])
@pytest.mark.feature("EXP-01")
def test_who_may_download(
    request: pytest.FixtureRequest, browser_of: Browser, alpha: Tenant, who: str, status: int
) -> None:
    browser = browser_of(request.getfixturevalue(who), alpha)

    for kind in ("extensions", "numbers"):
        assert browser.get(f"{DOWNLOAD}/{kind}/").status_code == status


@pytest.mark.feature("EXP-05")
def test_any_long_list_is_made_in_the_background_with_its_filter_and_columns(
    browser: Client, browser_of: Browser, alpha: Tenant, owner: User, agent: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_lists, "AT_ONCE", 1)

    sent_on = browser.get("/users/?columns=name,email&sort=-name&export=csv")
    asked = browser.get(sent_on["Location"])
    page, query = "/users/", "columns=name,email&sort=-name&export=csv"
    answer = browser.post("/licences/exports/new/", {"page": page, "query": query, "name": "users"})
    with inside(alpha):
        file = PreparedExport.objects.get()
        make_export(export_id=file.pk, at=datetime.now(UTC))
        logged = LogEntry.objects.filter(table="Export", verb="get").latest("pk")
    link = f"/licences/exports/{file.pk}/"
    found = lines(browser.get(link))

    assert "Make the file" in asked.content.decode()
    assert answer["Location"] == "/licences/exports/"
    assert link in browser.get("/licences/exports/").content.decode()
    assert found[0] == "Name,E-mail address"
    assert len(found) > 3
    assert found[1:] == sorted(found[1:], key=str.casefold, reverse=True)
    assert browser_of(agent, alpha).get(link).status_code == 404
    assert logged.actor_id == owner.pk


@pytest.mark.feature("EXP-05")
@pytest.mark.parametrize("page", ["/users/", "/nothing/", "/account/", "https://elsewhere.example/users/", ""])
def test_nobody_has_a_file_made_of_what_they_may_not_see(
    browser_of: Browser, alpha: Tenant, agent: User, page: str
) -> None:
    answer = browser_of(agent, alpha).post("/licences/exports/new/", {"page": page, "name": "x"})

    assert answer.status_code == 404
    with inside(alpha):
        assert not PreparedExport.objects.exists()


@pytest.mark.feature("EXP-05")
def test_whoever_does_not_want_to_wait_goes_back_to_the_list_as_it_was(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_lists, "AT_ONCE", 1)

    asked = browser.get(browser.get("/users/?columns=name,email&sort=-name&export=csv")["Location"])

    assert 'href="/users/?columns=name%2Cemail&amp;sort=-name">Cancel' in asked.content.decode()


@pytest.mark.feature("EXP-05")
def test_a_question_that_cannot_be_kept_whole_is_answered_at_once(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_lists, "AT_ONCE", 1)
    long = {"page": "/users/", "name": "users", "query": "q=" + "x" * long_lists.LONGEST}

    answer = browser.get(f"/users/?export=csv&columns=name&more={'x' * long_lists.LONGEST}")

    assert lines(answer)[0] == "Name"
    assert browser.post("/licences/exports/new/", long).status_code == 404
    assert browser.post("/licences/exports/new/", {**long, "query": "q=\x00"}).status_code == 404


@pytest.mark.feature("EXP-05")
def test_a_file_is_not_made_and_not_given_once_the_right_is_gone(
    browser_of: Browser, alpha: Tenant, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with inside(alpha):
        facts = {"path": "/users/", "query": "export=csv", "name": "users", "by": manager, "at": NOON}
        made, late = long_lists.ask_for_list(**facts), long_lists.ask_for_list(**facts)
        assert make_export(export_id=made.pk, at=datetime.now(UTC)) is not None
        manager.roles.clear()
        assert make_export(export_id=late.pk, at=datetime.now(UTC)) is None
        assert not PreparedExport.objects.filter(pk=late.pk).exists()

    assert browser_of(manager, alpha).get(f"/licences/exports/{made.pk}/").status_code == 403


@pytest.mark.feature("EXP-05")
def test_whoever_left_meanwhile_gets_neither_file_nor_mail(inside_alpha: Tenant, manager: User) -> None:
    asked = exports.ask_for_export(kind=ExportKind.EXTENSIONS, by=manager, at=NOON)
    User.objects.filter(pk=manager.pk).update(is_active=False)

    assert make_export(export_id=asked.pk, at=NOON) is None

    assert not PreparedExport.objects.exists()
    assert mail.outbox == []
