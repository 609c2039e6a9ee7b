"""Taking a whole run back, while nothing else changed what it made."""

from collections.abc import Callable

import pytest

from extensions.models import Extension, Mailbox, OutsideNumber, Team, TeamMember
from extensions.services.secrets import regenerate_sip_password
from licensing.bulk.start import start_run
from licensing.bulk.undo import ChangedSince, NothingToUndo, start_undo
from licensing.models import AssignedAddon, AssignmentTemplate, BulkMode, Pool
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.jobs.drain import run_due
from portal.jobs.models import Job
from tenants.door import inside_management
from tests.licensing.bulk.conftest import NOON

Make = Callable[..., AssignmentTemplate]


def work() -> None:
    with inside_management():
        run_due("bulk")


@pytest.fixture
def done(draft: Make, people: Callable, numbers: Callable, plenty: None, owner: User) -> AssignmentTemplate:
    """A run that assigned two."""
    people("Tony", "Jane")
    numbers("+6512345678")
    template = draft("201,Tony,+6512345678\n202,Jane,\n", addons=("team_chat",))
    start_run(template=template, mode=BulkMode.ALL, by=owner, at=NOON)
    work()
    template.refresh_from_db()
    return template


@pytest.mark.feature("BLK-26")
def test_undoing_takes_everything_back_and_the_report_says_so(done: AssignmentTemplate, owner: User) -> None:
    used = Pool.objects.get(sku="phone_system").used

    start_undo(template=done, by=owner, at=NOON)
    work()

    done.refresh_from_db()
    assert (done.undo, done.state) == ("undone", "completed")
    assert not Extension.objects.filter(number__in=["201", "202"]).exists()
    assert not Mailbox.objects.filter(extension__number__in=["201", "202"]).exists()
    assert not AssignedAddon.objects.exists()
    assert OutsideNumber.objects.get().extension is None
    assert Pool.objects.get(sku="phone_system").used == used - 2
    assert set(done.rows.values_list("state", flat=True)) == {"undone"}
    assert LogEntry.objects.filter(model="extensions.extension", verb="delete", source="bulk").count() == 2
    with pytest.raises(NothingToUndo):
        start_undo(template=done, by=owner, at=NOON)


def _rename(one: Extension, owner: User) -> None:
    one.directory_name = "Somebody"
    one.save()


def _password(one: Extension, owner: User) -> None:
    regenerate_sip_password(extension=one, by=owner)


def _user(one: Extension, owner: User) -> None:
    Extension.objects.filter(pk=one.pk).update(user=None, state="unassigned")


def _number(one: Extension, owner: User) -> None:
    OutsideNumber.objects.update(extension=None)


def _addon(one: Extension, owner: User) -> None:
    AssignedAddon.objects.filter(extension=one).delete()


def _message(one: Extension, owner: User) -> None:
    Mailbox.objects.filter(extension=one).update(messages=1)


def _team(one: Extension, owner: User) -> None:
    TeamMember.objects.create(team=Team.objects.create(name="Night"), extension=one, position=0)


def _gone(one: Extension, owner: User) -> None:
    OutsideNumber.objects.update(extension=None)
    AssignedAddon.objects.filter(extension=one).delete()
    Mailbox.objects.filter(extension=one).delete()
    one.delete()


@pytest.mark.feature("BLK-26")
@pytest.mark.parametrize("change", [_rename, _password, _user, _number, _addon, _message, _team, _gone])
def test_whatever_changed_one_of_them_since_keeps_the_run_from_being_undone(
    done: AssignmentTemplate, owner: User, change: Callable
) -> None:
    change(Extension.objects.get(number="201"), owner)

    with pytest.raises(ChangedSince) as refused:
        start_undo(template=done, by=owner, at=NOON)

    assert "201" in refused.value.message
    assert Extension.objects.filter(number="202").exists()


@pytest.mark.feature("BLK-26")
def test_a_change_between_the_order_and_the_work_is_found_and_named_on_the_report(
    done: AssignmentTemplate, owner: User
) -> None:
    start_undo(template=done, by=owner, at=NOON)
    _rename(Extension.objects.get(number="202"), owner)

    work()

    done.refresh_from_db()
    assert (done.undo, done.conflicts) == ("none", [["202", "changed"], ["", 1]])
    assert Extension.objects.filter(number__in=["201", "202"]).count() == 2
    assert Job.objects.get(kind="licensing.bulk_undo").state == "failed"
