"""Which telephones must fetch again (PRV-01, EXT-06)."""

from datetime import timedelta

import pytest

from extensions.models import Extension, Key, KeyPanel, Phone, PhoneAccess
from extensions.provisioning.freshness import TASK, FetchState, look_again, state_of
from extensions.services.edit import edit_extension
from portal.accounts.models import User
from portal.jobs.models import Outbox
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON
from tests.extensions.keys.conftest import colleague
from tests.extensions.provisioning.conftest import LATER, SOON, Fetch, at

FACTS = {"first_name": "", "last_name": "", "mobile": ""}


def state(access: PhoneAccess) -> FetchState:
    access.refresh_from_db()
    return state_of(access, SOON)


@pytest.mark.feature("PRV-01")
def test_a_telephone_waits_is_current_and_must_fetch_again_when_a_colleague_is_renamed(
    fetch: Fetch, access: PhoneAccess, alpha: Tenant, phone: Phone, owner: User
) -> None:
    with inside(alpha):
        mei, other = colleague("102", "Mei Tan"), colleague("103", "Ravi Kumar")
        panel = KeyPanel.objects.create(extension=phone.extension)
        Key.objects.create(panel=panel, position=1, kind="presence", extension=mei)
        waiting = state(access)
        looked_at_early = look_again()
    with at(SOON):
        fetch(access.secret)
    with inside(alpha):
        current = state(access)
        edit_extension(extension=other, number="103", directory_name="Ravi K.", by=owner, **FACTS)
        untouched = (look_again(), state(access))
        edit_extension(extension=mei, number="102", directory_name="Mei Tan-Lim", by=owner, **FACTS)
        asked = Outbox.objects.filter(task=TASK).exists()
        outdated = (look_again(), state(access))
    with at(SOON + timedelta(minutes=1)):
        fetch(access.secret)
    with inside(alpha):
        again = (look_again(), state(access))

    assert (waiting, looked_at_early) == (FetchState.WAITING, 0)
    assert current is FetchState.CURRENT
    assert untouched == (0, FetchState.CURRENT)
    assert asked
    assert outdated == (1, FetchState.MUST_FETCH)
    assert again == (0, FetchState.CURRENT)


@pytest.mark.feature("EXT-06")
def test_after_a_number_changed_the_telephones_that_show_it_count_as_outdated_at_once(
    fetch: Fetch, access: PhoneAccess, alpha: Tenant, phone: Phone, owner: User
) -> None:
    with inside(alpha):
        mei = colleague("102", "Mei Tan")
        panel = KeyPanel.objects.create(extension=phone.extension)
        Key.objects.create(panel=panel, position=1, kind="presence", extension=mei)
    with at(SOON):
        fetch(access.secret)
    with inside(alpha):
        edit_extension(extension=mei, number="2102", directory_name="Mei Tan", by=owner, **FACTS)
        of_a_colleague = state(access)
        look_again()
        looked = state(access)
        PhoneAccess.objects.update(wanted_tag="x", fetched_tag="x")
        own = Extension.objects.get(number="101")
        edit_extension(extension=own, number="2101", directory_name=own.directory_name, by=owner, **FACTS)
        of_ones_own = state(access)

    assert of_a_colleague is looked is of_ones_own is FetchState.MUST_FETCH


def test_an_extension_out_of_service_leaves_the_telephone_as_it_is(
    fetch: Fetch, access: PhoneAccess, alpha: Tenant
) -> None:
    with at(SOON):
        fetch(access.secret)
    with inside(alpha):
        Extension.objects.filter(number="101").update(state="suspended")

        assert (look_again(), state(access)) == (0, FetchState.CURRENT)


def test_states_without_a_fetch(access: PhoneAccess) -> None:
    assert state_of(None, NOON) is FetchState.NO_ADDRESS
    assert state_of(access, NOON + timedelta(hours=25)) is FetchState.TOO_LATE
    access.locked_at = NOON
    assert state_of(access, SOON) is FetchState.LOCKED
    assert state_of(access, LATER) is FetchState.WAITING
