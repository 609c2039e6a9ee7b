"""`manage.py upgrade`: skipped by fingerprint, one transaction a tenant, resumable (JOB-03)."""

import pytest
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


def test_tenants_that_are_done_are_served_while_others_wait(db: None, alpha: Tenant, beta: Tenant) -> None:
    make_stale("t3")

    done = Client(HTTP_HOST=alpha.get_primary_domain().domain).get("/")
    waiting = Client(HTTP_HOST=beta.get_primary_domain().domain).get("/")

    assert done.status_code == 302
    assert waiting.status_code == 503
    assert waiting["Retry-After"] == "10"
