"""Demonstration data: made by the services, once, on an empty installation."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.models import Model, Sum
from pytest_django.plugin import DjangoDbBlocker

from customers.models import Purchase
from extensions.models import (
    AudioFile,
    BlockedCaller,
    CallTest,
    ConferenceRoom,
    Extension,
    Finding,
    HolidayCalendar,
    Key,
    Mailbox,
    OutgoingRuleSet,
    ParkingSlot,
    Phone,
    PresenceChange,
    Schedule,
    SpeedDial,
    Team,
    TeamScope,
)
from licensing.models import Pool
from portal.accounts.models import User
from portal.sites.demo.companies import CREATED, KENTON
from tenants.door import inside
from tenants.models import SubscriptionRequest, Tenant
from tests.conftest import point_django_at
from tests.prepared import ROOT, administer, database_url, prepared_installation

# Every page of a demonstration tenant has something to show.
FURNISHED = (
    AudioFile, BlockedCaller, CallTest, ConferenceRoom, Finding, HolidayCalendar, Key, Mailbox, OutgoingRuleSet,
    ParkingSlot, Phone, PresenceChange, Schedule, SpeedDial, Team, TeamScope,
)  # fmt: skip


@pytest.fixture
def new_installation(worker_id: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a database without a tenant, gone after the test together with the roles made in it.

    It was made by `upgrade` and `init` on an empty one (tests/world.py), which takes most of the time.
    """
    name, before = f"demo_{worker_id}_{os.getpid()}", connections["default"].settings_dict["NAME"]
    administer(f'CREATE DATABASE "{name}" TEMPLATE "{prepared_installation()}" STRATEGY file_copy')
    with django_db_blocker.unblock():
        point_django_at(name)
        yield database_url(name)
        point_django_at(before)
    administer(f'DROP DATABASE "{name}" WITH (FORCE)')
    with psycopg.connect(database_url("postgres"), autocommit=True) as server:
        for (role,) in server.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE %s", [f"{name}%"]).fetchall():
            server.execute(f'DROP ROLE "{role}"')


def prepare(url: str) -> dict[str, str]:
    """What the launcher runs before it serves with --demo, and what it hears."""
    heard = subprocess.run(
        [sys.executable, "-m", "portal.run.commands", "upgrade", "init", "demo", "where"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(heard.stdout)


def empty_tables(models: tuple[type[Model], ...]) -> list[str]:
    """Those of `models` that have no row in the active tenant."""
    return [model.__name__ for model in models if not model._default_manager.exists()]


def test_it_refuses_where_there_are_tenants(management: Tenant) -> None:
    with pytest.raises(CommandError, match="needs a new installation"):
        call_command("demo")


@pytest.mark.long
def test_it_makes_tenants_that_people_can_sign_in_to(new_installation: str) -> None:
    said = prepare(new_installation)["demo"]
    again = prepare(new_installation)["demo"]

    connection.set_schema_to_public()
    tenants = Tenant.objects.ready().order_by("instance_number")
    assert [tenant.name for tenant in tenants] == [one.tenant["name"] for one in CREATED]
    assert [tenant.schema_name for tenant in tenants] == ["t2", "t3", "t4"]
    kenton = tenants[0]
    assert kenton.extensions_used == len(KENTON.desks)
    password = next(line for line in said.splitlines() if "prpkeAdmin" in line).split()[-1]
    with inside(kenton):
        owner = User.objects.get(username="prpkeAdmin@kenton-electronics.com")
        assert check_password(password, owner.password)
        assert Extension.objects.count() == len(KENTON.desks)
    for tenant in tenants:
        history = dict(Purchase.objects.of(tenant).values_list("sku").annotate(all=Sum("quantity")))
        with inside(tenant):
            assert empty_tables(FURNISHED) == []
            assert history == dict(Pool.objects.filter(bought__gt=0).values_list("sku", "bought"))
    states = set(SubscriptionRequest.objects.values_list("state", flat=True))
    assert states >= {"completed", "awaiting", "rejected", "cancelled"}
    assert "there already" in again
    assert password not in again
