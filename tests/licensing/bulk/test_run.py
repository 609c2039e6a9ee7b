"""A run: what it makes, what it refuses, and what it says of each row."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.db import connection

from extensions.models import Configuration, DialNumber, Extension, Mailbox, OutsideNumber
from licensing.bulk import run
from licensing.bulk.start import (
    LicencesAreMissing,
    NobodyToAssign,
    RowsAreWrong,
    ask_to_cancel,
    start_run,
)
from licensing.models import AssignedAddon, AssignmentTemplate, BulkMode, LedgerEntry, Pool
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.jobs.drain import run_due
from portal.jobs.models import Job, Outbox
from tenants.door import inside, inside_management
from tenants.models import Tenant
from tests.licensing.bulk.conftest import NOON

Make = Callable[..., AssignmentTemplate]


@pytest.fixture
def carry_out(alpha_now: Tenant, owner: User) -> Callable[..., AssignmentTemplate]:
    """`carry_out(template, mode)`: start it, and let a worker do what is due."""

    def go(template: AssignmentTemplate, mode: BulkMode = BulkMode.ALL) -> AssignmentTemplate:
        start_run(template=template, mode=mode, by=owner, at=NOON)
        work(alpha_now)
        return AssignmentTemplate.objects.get(pk=template.pk)

    return go


def work(tenant: Tenant) -> None:
    with inside_management():
        run_due("bulk")


def outcomes(template: AssignmentTemplate) -> list[tuple[str, str, list]]:
    rows = template.rows.order_by("position")
    return [(row.ext_key, row.state, [code for _column, code, _told in row.problems]) for row in rows]


@pytest.mark.feature("BLK-02", "BLK-22", "BLK-23")
def test_a_run_makes_extensions_with_users_numbers_and_addons(
    draft: Make, people: Callable, numbers: Callable, bought: Callable, carry_out: Callable
) -> None:
    tony, jane = people("Tony", "Jane")
    numbers("+6512345678")
    bought(phone_system=10, team_chat=2, call_recording=2, license_number=1)
    before, used = Configuration.objects.get().version, Pool.objects.get(sku="phone_system").used

    template = carry_out(draft("201,Tony,+6512345678\n202,Jane,\n", addons=("team_chat", "call_recording")))

    assert template.state == "completed"
    assert outcomes(template) == [("201", "assigned", []), ("202", "assigned", [])]
    made = Extension.objects.get(number="201")
    assert (made.user, made.state, made.directory_name, made.email) == (tony, "active", "Tony", tony.email)
    assert len(made.sip_password) == 20
    assert made.sip_password != Extension.objects.get(number="202").sip_password
    assert OutsideNumber.objects.get().extension == made
    assert Mailbox.objects.filter(extension__user__in=[tony, jane]).count() == 2
    assert DialNumber.objects.filter(number__in=["201", "202"], kind="extension").count() == 2
    assert AssignedAddon.objects.filter(extension=made).count() == 2
    assert Pool.objects.get(sku="phone_system").used == used + 2
    assert LedgerEntry.objects.filter(reason="bulk").values_list("sku", "change").order_by("sku").distinct()[0] == (
        "call_recording",
        2,
    )
    assert Configuration.objects.get().version == before + 1


@pytest.mark.feature("BLK-02")
def test_the_log_has_a_row_for_everything_a_run_made_in_the_name_of_whoever_started_it(
    draft: Make, people: Callable, numbers: Callable, plenty: None, carry_out: Callable, owner: User
) -> None:
    people("Tony", "Jane")
    numbers("+6512345678")

    carry_out(draft("201,Tony,+6512345678\n202,Jane,\n", addons=("team_chat",)))

    found = LogEntry.objects.filter(source="bulk").order_by("pk")
    assert sorted(found.values_list("model", flat=True)) == sorted(
        ["extensions.extension"] * 2
        + ["extensions.mailbox"] * 2
        + ["extensions.outsidenumber"]
        + ["licensing.assignedaddon"] * 2
        + ["licensing.assignmenttemplate"]
    )
    assert set(found.values_list("user_name", flat=True)) == {str(owner)}
    made = found.filter(model="extensions.extension").first()
    assert made.changes["number"] == [None, "201"]
    assert Extension.objects.get(number="201").sip_password not in str(list(found.values_list("changes")))


@pytest.mark.feature("BLK-22")
def test_each_shortage_is_named_with_have_and_need_and_nothing_starts(
    draft: Make, people: Callable, numbers: Callable, bought: Callable, owner: User
) -> None:
    people("Tony", "Jane")
    numbers("+6512345678")
    used = Pool.objects.get(sku="phone_system").used
    bought(phone_system=used + 1, team_chat=0)
    template = draft("201,Tony,+6512345678\n202,Jane,\n", addons=("team_chat",))

    with pytest.raises(LicencesAreMissing) as refused:
        start_run(template=template, mode=BulkMode.SKIP, by=owner, at=NOON)

    assert [(need.code, need.need, need.have) for need in refused.value.needs] == [
        ("phone_system", 2, 1),
        ("team_chat", 2, 0),
        ("license_number", 1, 0),
    ]
    assert "Phone System: 2 needed, 1 available." in refused.value.message
    template.refresh_from_db()
    assert template.state == "draft"


@pytest.mark.feature("BLK-17")
def test_an_empty_list_is_refused_by_the_server_too(draft: Make, owner: User) -> None:
    with pytest.raises(NobodyToAssign):
        start_run(template=draft(), mode=BulkMode.SKIP, by=owner, at=NOON)


@pytest.mark.feature("BLK-22", "BLK-26")
def test_all_or_nothing_refuses_while_a_row_is_wrong_and_skipping_leaves_it_out(
    draft: Make, people: Callable, plenty: None, carry_out: Callable, owner: User
) -> None:
    people("Tony")
    template = draft("201,Tony,\n202,Nobody,\n101,Nobody Else,\n")

    with pytest.raises(RowsAreWrong):
        start_run(template=template, mode=BulkMode.ALL, by=owner, at=NOON)
    done = carry_out(template, BulkMode.SKIP)

    assert done.state == "completed"
    assert outcomes(done) == [
        ("201", "assigned", []),
        ("202", "failed", ["name_none"]),
        ("101", "failed", ["key_taken", "name_none"]),
    ]


@pytest.mark.feature("BLK-22", "BLK-26")
def test_a_user_assigned_and_a_key_taken_meanwhile_have_their_sentence(
    draft: Make, people: Callable, plenty: None, owner: User, alpha_now: Tenant
) -> None:
    tony, _jane, _kim = people("Tony", "Jane", "Kim")
    template = draft("201,Tony,\n202,Jane,\n203,Kim,\n")
    start_run(template=template, mode=BulkMode.SKIP, by=owner, at=NOON)
    other = Extension.objects.get(number="101")
    Extension.objects.filter(pk=other.pk).update(user=tony, state="active", number="203")

    work(alpha_now)

    assert outcomes(template) == [
        ("201", "failed", ["user_assigned"]),
        ("202", "assigned", []),
        ("203", "failed", ["key_taken"]),
    ]


@pytest.mark.feature("BLK-26")
def test_all_or_nothing_assigns_nobody_when_one_row_changed_meanwhile(
    draft: Make, people: Callable, plenty: None, owner: User, alpha_now: Tenant
) -> None:
    tony, _jane = people("Tony", "Jane")
    template = draft("201,Tony,\n202,Jane,\n")
    start_run(template=template, mode=BulkMode.ALL, by=owner, at=NOON)
    Extension.objects.filter(number="101").update(user=tony, state="active")

    work(alpha_now)

    template.refresh_from_db()
    assert template.state == "failed"
    assert template.message
    assert outcomes(template) == [("201", "failed", ["user_assigned"]), ("202", "skipped", ["failed"])]
    assert not Extension.objects.filter(number__in=["201", "202"]).exists()
    assert Job.objects.get(kind="licensing.bulk").state == "failed"


@pytest.mark.feature("BLK-22", "BLK-26")
def test_a_pool_that_runs_dry_meanwhile_stops_those_at_the_end(
    draft: Make, people: Callable, numbers: Callable, bought: Callable, owner: User, alpha_now: Tenant
) -> None:
    people("Tony", "Jane", "Kim", "Lee")
    numbers("+6512345678", "+6512345679")
    used = Pool.objects.get(sku="phone_system").used
    bought(phone_system=used + 4, license_number=2, team_chat=4)
    template = draft("201,Tony,+6512345678\n202,Jane,+6512345679\n203,Kim,\n204,Lee,\n", addons=("team_chat",))
    start_run(template=template, mode=BulkMode.SKIP, by=owner, at=NOON)
    bought(phone_system=used + 3, license_number=1, team_chat=2)

    work(alpha_now)

    assert outcomes(template) == [
        ("201", "assigned", []),
        ("202", "failed", ["no_licence"]),
        ("203", "assigned", []),
        ("204", "failed", ["no_licence"]),
    ]
    assert template.rows.get(ext_key="202").problems == [["number", "no_licence", "Number"]]
    assert template.rows.get(ext_key="204").problems == [["row", "no_licence", "Team Chat"]]


@pytest.mark.feature("BLK-26")
def test_all_or_nothing_says_which_licence_was_missing_in_the_end(
    draft: Make, people: Callable, bought: Callable, owner: User, alpha_now: Tenant
) -> None:
    people("Tony", "Jane")
    used = Pool.objects.get(sku="phone_system").used
    bought(phone_system=used + 2)
    template = draft("201,Tony,\n202,Jane,\n")
    start_run(template=template, mode=BulkMode.ALL, by=owner, at=NOON)
    bought(phone_system=used + 1)

    work(alpha_now)

    template.refresh_from_db()
    assert template.state == "failed"
    assert "Phone System: 2 needed, 1 available." in template.message["words"]["needs"]
    assert {state for _key, state, _codes in outcomes(template)} == {"skipped"}


@pytest.mark.feature("BLK-04")
def test_a_cancelled_run_keeps_whom_it_assigned_and_skips_the_rest(
    draft: Make, people: Callable, plenty: None, owner: User, alpha_now: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    people("Tony", "Jane")
    monkeypatch.setattr(run, "CHUNK", 1)
    template = draft("201,Tony,\n202,Jane,\n")
    start_run(template=template, mode=BulkMode.SKIP, by=owner, at=NOON)
    template.refresh_from_db()
    run.assign_next(template)
    ask_to_cancel(template=template, by=owner, at=NOON)

    work(alpha_now)

    template.refresh_from_db()
    assert template.state == "cancelled"
    assert outcomes(template) == [("201", "assigned", []), ("202", "skipped", ["cancelled"])]


@pytest.mark.feature("BLK-23")
def test_whoever_started_a_run_gets_a_mail_with_its_outcome_and_a_link_to_the_report(
    draft: Make, people: Callable, plenty: None, carry_out: Callable, owner: User
) -> None:
    people("Tony")

    template = carry_out(draft("201,Tony,\n202,Nobody,\n", name="Night crew"), BulkMode.SKIP)

    (sent,) = [one for one in mail.outbox if "Night crew" in one.subject]
    assert (sent.to, sent.subject) == ([owner.email], "Bulk assignment “Night crew”: Completed")
    assert "Of 2 users, 1 were assigned, 1 failed, and 0 were left out." in sent.body
    assert f"/licences/phone-system/bulk/{template.uuid}/report/" in sent.body


@pytest.mark.feature("BLK-23")
def test_however_many_chunks_there_are_the_telephones_are_told_once(
    draft: Make, people: Callable, plenty: None, carry_out: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(*(f"Person {number}" for number in range(10)))
    monkeypatch.setattr(run, "CHUNK", 3)
    before = Configuration.objects.get().version

    template = carry_out(draft("".join(f"{200 + n},Person {n},\n" for n in range(10))), BulkMode.SKIP)

    assert [state for _key, state, _codes in outcomes(template)] == ["assigned"] * 10
    assert Configuration.objects.get().version == before + 1
    assert Outbox.objects.filter(task="pbx.apply", schema=connection.schema_name).count() == 1
    job = Job.objects.get(kind="licensing.bulk")
    assert (job.state, job.done, job.total) == ("succeeded", 10, 10)


def test_the_companys_own_limit_of_extensions_holds_as_well(
    draft: Make, people: Callable, plenty: None, owner: User, alpha_now: Tenant
) -> None:
    people("Tony", "Jane")
    template = draft("201,Tony,\n202,Jane,\n")
    start_run(template=template, mode=BulkMode.SKIP, by=owner, at=NOON)
    with inside_management():
        Tenant.objects.filter(pk=alpha_now.pk).update(max_extensions=extensions_in(alpha_now) + 1)

    work(alpha_now)

    assert outcomes(template) == [("201", "assigned", []), ("202", "failed", ["no_room"])]


def extensions_in(tenant: Tenant) -> int:
    with inside(tenant):
        return Extension.objects.count()
