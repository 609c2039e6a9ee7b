"""`manage.py upgrade`: skipped by fingerprint, one transaction a tenant, resumable (JOB-03)."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.test import Client

from tenants.models import Tenant
from tenants.services import migrations
from tenants.services.fingerprint import fingerprint

pytestmark = pytest.mark.feature("JOB-03")


class Stopped(Exception):
    """The machine was switched off."""


def make_stale(*schemas: str) -> None:
    Tenant.objects.filter(schema_name__in=schemas).update(fingerprint="older")


def stale() -> set[str]:
    return set(Tenant.objects.with_schema().exclude(fingerprint=fingerprint()).values_list("schema_name", flat=True))


def test_nothing_is_touched_when_everything_is_current(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    touched: list[str] = []
    monkeypatch.setattr(migrations, "migrate_schema", touched.append)

    assert migrations.upgrade(lambda text: None) == 0
    assert touched == []


def test_only_stale_schemas_are_migrated_and_progress_is_told(own_database: str) -> None:
    make_stale("t2", "t3")
    said: list[str] = []

    assert migrations.upgrade(said.append) == 2
    assert said == ["t2: done (1 of 2).", "t3: done (2 of 2)."]
    assert stale() == set()


def test_a_run_that_was_stopped_goes_on_where_it_stopped(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_stale("t2", "t3")
    really = migrations.migrate_schema

    def stop_at_t3(schema: str) -> None:
        if schema == "t3":
            raise Stopped
        really(schema)

    monkeypatch.setattr(migrations, "migrate_schema", stop_at_t3)
    with pytest.raises(Stopped):
        migrations.upgrade(lambda text: None)
    assert stale() == {"t3"}

    monkeypatch.undo()
    assert migrations.upgrade(lambda text: None) == 1
    assert stale() == set()


def run_upgrade(**environment: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", "upgrade"]
    return subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.processes
def test_a_run_that_was_killed_leaves_each_schema_done_or_untouched(own_database: str, tmp_path: Path) -> None:
    make_stale("t2", "t3")

    killed = run_upgrade(PORTAL_KILL_AT="upgrade.t3.before_commit", PORTAL_DATA=str(tmp_path))
    assert killed.returncode == -signal.SIGKILL
    assert stale() == {"t3"}

    again = run_upgrade()
    assert again.returncode == 0
    assert "t3: done (1 of 1)." in again.stdout
    assert stale() == set()


def test_the_run_stops_at_the_first_failure_and_says_where(own_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_stale("t2", "t3")

    def refuse(schema: str) -> None:
        raise DatabaseError("out of shared memory")

    monkeypatch.setattr(migrations, "migrate_schema", refuse)

    with pytest.raises(CommandError, match=r"t2 \(AlphaPhones\): out of shared memory"):
        call_command("upgrade")
    assert stale() == {"t2", "t3"}


def test_tenants_that_are_done_are_served_while_others_wait(db: None, alpha: Tenant, beta: Tenant) -> None:
    make_stale("t3")

    done = Client(HTTP_HOST=alpha.get_primary_domain().domain).get("/")
    waiting = Client(HTTP_HOST=beta.get_primary_domain().domain).get("/")

    assert done.status_code == 302
    assert waiting.status_code == 503
    assert waiting["Retry-After"] == "10"
