"""Two people at the same moment: the second sees what the first one did, and nobody gets an error."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from extensions.models import (
    AgentStatus,
    CallException,
    DestinationKind,
    Extension,
    OutgoingMatch,
    OutgoingRule,
    Presence,
    SettingValue,
    StatusKind,
    StatusSource,
)
from extensions.services.calls.exceptions import ExceptionFacts, add_exception, move_exception
from extensions.services.calls.rules import RuleFacts, add_rule, create_rule_set, move_rule
from extensions.services.create import create_extension
from extensions.services.destinations import Target
from extensions.services.forwards import ForwardLoop
from extensions.services.presence import Wish, set_status
from extensions.services.presence_log import Change, write_changes
from extensions.services.settings import SetMeanwhile, change_settings
from extensions.services.statuses import move_status
from extensions.settings.subjects import Subject
from portal.accounts.models import User
from portal.core.errors import DomainError
from tenants.door import inside
from tenants.models import Tenant
from tests.extensions.conftest import NOON

pytestmark = pytest.mark.usefixtures("own_database")
KEY = "forward.available.external.busy"
BLOCKED = "SELECT 1 FROM pg_locks WHERE NOT granted"


def meanwhile(first: Callable[[], Any], second: Callable[[], Any]) -> object:
    """Do `second` while the transaction of `first` is still open, then commit that; what `second` returned or raised.

    The second one has come as far as it can: it waits for a lock of the first, or is done.
    """
    found: list[object] = []
    tenant = connection.tenant

    def run() -> None:
        try:
            with inside(tenant):
                found.append(second())
        except DomainError as refusal:
            found.append(refusal)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        first()
        thread.start()
        until = time.monotonic() + 5
        while thread.is_alive() and time.monotonic() < until:
            with connection.cursor() as cursor:
                cursor.execute(BLOCKED)
                if cursor.fetchone():
                    break
            time.sleep(0.01)
    thread.join(timeout=20)
    assert found, "the second one ended with an error"
    return found[0]


@pytest.fixture
def by(own_database: str) -> Any:
    with inside(Tenant.objects.get(schema_name="t2")):
        yield User.objects.get(username__startswith="owner@")


def forward(sender: Extension, to: Extension, by: User) -> object:
    target = Target(DestinationKind.EXTENSION, to)
    return change_settings(subject=Subject(extension=sender), values={KEY: True, f"{KEY}.to": target}, by=by)


def pair(by: User) -> tuple[Extension, Extension]:
    second = create_extension(number="102", first_name="A", last_name="B", email="", mobile="", by=by, at=NOON)
    return Extension.objects.get(number="101"), second


@pytest.mark.feature("CTL-04")
def test_two_halves_of_a_circle_are_never_saved_at_once(by: User) -> None:
    first, second = pair(by)

    found = meanwhile(lambda: forward(first, second, by), lambda: forward(second, first, by))

    assert isinstance(found, ForwardLoop)
    assert not SettingValue.objects.filter(extension=second).exists()


def test_of_two_who_say_the_same_setting_first_one_is_told(by: User) -> None:
    subject = Subject(extension=Extension.objects.get(number="101"))

    def say() -> object:
        return change_settings(subject=subject, values={KEY: True}, by=by)

    assert isinstance(meanwhile(say, say), SetMeanwhile)
    assert SettingValue.objects.count() == 1


@pytest.mark.feature("CTL-06")
def test_two_who_move_rules_both_get_their_way(by: User) -> None:
    office = create_rule_set(name="Office", allow_by_default=False, by=by)
    one, two, three = (
        add_rule(rule_set=office, facts=RuleFacts(OutgoingMatch.CLASS, value, allow=True), by=by)
        for value in ("local", "mobile", "national")
    )

    meanwhile(lambda: move_rule(rule=two, steps=-1, by=by), lambda: move_rule(rule=three, steps=-1, by=by))

    assert list(OutgoingRule.objects.order_by("position")) == [two, three, one]


@pytest.mark.feature("CTL-09")
def test_two_who_move_exceptions_both_get_their_way(by: User) -> None:
    one, two, three = (
        add_exception(extension=None, facts=ExceptionFacts(name, "", None, when_open=True, target=None), by=by)
        for name in ("One", "Two", "Three")
    )

    meanwhile(
        lambda: move_exception(exception=two, steps=-1, by=by),
        lambda: move_exception(exception=three, steps=-1, by=by),
    )

    assert list(CallException.objects.order_by("position")) == [two, three, one]


@pytest.mark.feature("PRS-01")
def test_two_who_move_statuses_both_get_their_way(by: User) -> None:
    one, two, three, *_rest = AgentStatus.objects.order_by("position")

    meanwhile(lambda: move_status(status=two, up=True, by=by), lambda: move_status(status=three, up=True, by=by))

    assert list(AgentStatus.objects.order_by("position")[:3]) == [two, three, one]


@pytest.mark.feature("PRS-03", "PRS-04")
def test_the_schedule_and_a_person_never_wait_for_each_other(by: User) -> None:
    desk, busy = Extension.objects.get(number="101"), AgentStatus.objects.get(kind=StatusKind.BUSY)

    def by_schedule() -> None:
        Extension.objects.select_for_update().get(pk=desk.pk)
        write_changes([Change(desk.pk, busy)], source=StatusSource.SCHEDULE, by=None, at=NOON)

    wish = Wish(StatusKind.BUSY, note="On the telephone")
    found = meanwhile(
        by_schedule, lambda: set_status(extension=desk, wish=wish, source=StatusSource.USER, by=by, at=NOON)
    )

    assert isinstance(found, Presence)
    assert Presence.objects.get().note == "On the telephone"
