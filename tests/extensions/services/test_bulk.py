"""Suspending and reactivating a set of extensions by one statement."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from extensions.events import ExtensionsChanged
from extensions.models import Extension, ExtensionState
from extensions.selectors import bulk_plan
from extensions.services.bulk import SUSPENDABLE, reactivate_extensions, suspend_extensions
from portal.accounts.models import User
from portal.audit.models import LogEntry, Verb
from portal.core import events
from portal.core.bulk import NAMED, SetChanged
from portal.core.errors import ManagementInstance
from tenants.door import inside, inside_management
from tenants.models import Tenant
from tests.extensions.conftest import NOON, reads

Create = Callable[..., Extension]


def desks(how_many: int) -> None:
    """Extensions 200, 201 … without a person."""
    Extension.objects.bulk_create(
        Extension(number=str(n), directory_name=f"Desk {n}", sip_username=f"desk{n}", created_at=NOON)
        for n in range(200, 200 + how_many)
    )


def all_desks() -> object:
    return Extension.objects.filter(directory_name__startswith="Desk")


def states() -> dict[str, str]:
    return dict(Extension.objects.values_list("number", "state"))


@pytest.mark.feature("EXT-03", "EXT-13")
def test_a_set_goes_out_of_service_and_comes_back_to_the_state_that_fits(
    create: Create, owner: User, agent: User
) -> None:
    create("102", email=agent.email)
    rows = Extension.objects.filter(number__in=["101", "102"])

    assert suspend_extensions(rows=rows, expected=2, by=owner) == 2
    assert states() == {"101": "suspended", "102": "suspended"}

    assert reactivate_extensions(rows=rows, expected=2, by=owner) == 2
    assert states() == {"101": "unassigned", "102": "active"}


@pytest.mark.feature("EXT-03")
def test_those_in_the_right_state_already_are_left_alone(inside_alpha: Tenant, owner: User) -> None:
    desks(3)
    Extension.objects.filter(number="200").update(state=ExtensionState.SUSPENDED)

    assert suspend_extensions(rows=all_desks(), expected=2, by=owner) == 2
    assert LogEntry.objects.filter(table="Extension", verb=Verb.PUT).count() == 2


@pytest.mark.feature("EXT-03", "AUD-07")
def test_each_changed_row_has_an_entry_in_the_log_with_both_states(inside_alpha: Tenant, owner: User) -> None:
    desks(50)

    suspend_extensions(rows=all_desks(), expected=50, by=owner)
    reactivate_extensions(rows=all_desks(), expected=50, by=owner)

    first, second = (
        [entry for entry in LogEntry.objects.filter(verb=Verb.PUT) if entry.changes == {"state": pair}]
        for pair in (["unassigned", "suspended"], ["suspended", "unassigned"])
    )
    assert (len(first), len(second)) == (50, 50)
    assert {entry.object_pk for entry in first} == {str(pk) for pk in all_desks().values_list("pk", flat=True)}
    assert "200 Desk 200" in {entry.object_repr for entry in first}


@pytest.mark.feature("EXT-03")
def test_one_and_fifty_rows_need_the_same_number_of_queries(inside_alpha: Tenant, owner: User) -> None:
    desks(51)
    counted = []
    for rows in (all_desks().filter(number="200"), all_desks().exclude(number="200")):
        expected = rows.count()
        with CaptureQueriesContext(connection) as captured:
            bulk_plan(rows, movable=SUSPENDABLE)
            suspend_extensions(rows=rows, expected=expected, by=owner)
        counted.append(reads(captured))

    assert counted[0] == counted[1]
    assert set(states().values()) == {"unassigned", "suspended"}


@pytest.mark.feature("EXT-03")
def test_another_number_of_rows_than_confirmed_changes_nothing(inside_alpha: Tenant, owner: User) -> None:
    desks(3)

    with pytest.raises(SetChanged):
        suspend_extensions(rows=all_desks(), expected=2, by=owner)

    assert "suspended" not in states().values()
    assert not LogEntry.objects.filter(table="Extension", verb=Verb.PUT).exists()


@pytest.mark.feature("EXT-03")
def test_one_event_tells_of_the_whole_set(inside_alpha: Tenant, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    desks(3)
    told: list[ExtensionsChanged] = []
    monkeypatch.setitem(events._receivers, ExtensionsChanged, [told.append])

    suspend_extensions(rows=all_desks(), expected=3, by=owner)

    ids = tuple(all_desks().order_by("pk").values_list("pk", flat=True))
    assert told == [ExtensionsChanged(extension_ids=ids, by_id=owner.pk)]


@pytest.mark.feature("EXT-03", "PLT-02")
@pytest.mark.parametrize("service", [suspend_extensions, reactivate_extensions])
def test_the_management_instance_is_refused(db: None, service: Callable[..., int], olivia: User) -> None:
    with inside_management(), pytest.raises(ManagementInstance):
        service(rows=Extension.objects.none(), expected=0, by=olivia)


@pytest.mark.feature("EXT-03")
def test_the_plan_counts_all_and_names_a_few(inside_alpha: Tenant) -> None:
    desks(40)
    Extension.objects.filter(number__gte="230").update(state=ExtensionState.SUSPENDED)

    plan = bulk_plan(all_desks(), movable=SUSPENDABLE)

    assert (plan.changing, plan.skipped) == (30, 10)
    assert plan.changing_names == [f"{n} Desk {n}" for n in range(200, 200 + NAMED)]
    assert plan.skipped_names == [f"{n} Desk {n}" for n in range(230, 240)]


@pytest.mark.feature("EXT-03")
def test_the_other_tenant_keeps_its_extensions(beta: Tenant, inside_alpha: Tenant, owner: User) -> None:
    suspend_extensions(rows=Extension.objects.all(), expected=1, by=owner)

    with inside(beta):
        assert states() == {"101": "unassigned"}
