"""Cloning: structure by a prepared script, rows by set-based copies, one transaction."""

import re

import pytest
from django.db import DatabaseError, connection

from extensions.models import QueueParameters, Release
from portal.accounts.models import Role, User
from portal.core.cloning import Clone, clone_of, tenant_models
from tenants.door import inside
from tenants.models import ServiceTemplate, Tenant, TenantKind, TenantState
from tenants.services.cloning import NotCurrent, clone_schema, drop_schema
from tenants.services.structure import migrate_schema

STRUCTURE = """
SELECT c.relname, c.relkind::text, coalesce(pg_get_indexdef(c.oid), ''), '' FROM pg_class c
 WHERE c.relnamespace = %(s)s::regnamespace AND c.relkind IN ('r', 'i', 'S')
UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '' FROM pg_constraint
 WHERE connamespace = %(s)s::regnamespace
UNION ALL SELECT event_object_table, trigger_name, event_manipulation, action_statement
 FROM information_schema.triggers WHERE trigger_schema = %(s)s
UNION ALL SELECT table_name, column_name, data_type, coalesce(column_default, '') || is_nullable || is_identity
 FROM information_schema.columns WHERE table_schema = %(s)s
"""


def structure(schema: str) -> set[tuple[str, ...]]:
    """Tables, indexes, constraints, triggers and columns of a schema, without its name."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path = pg_catalog")
        cursor.execute(STRUCTURE, {"s": schema})
        rows = cursor.fetchall()
    connection.set_schema_to_public()
    return {tuple(_plain(str(part), schema) for part in row) for row in rows}


def _plain(text: str, schema: str) -> str:
    """Without the schema's name, and without the casts that a dump writes out and a migration does not."""
    return re.sub(r"::(text|character varying)(\[\])?|[()]", "", text.replace(f"{schema}.", ""))


@pytest.fixture
def target(db: None) -> Tenant:
    return Tenant.objects.create(
        schema_name="t77", instance_number=77, name="Target", kind=TenantKind.CUSTOMER, state=TenantState.PROVISIONING
    )


@pytest.fixture
def source(db: None) -> Tenant:
    return Tenant.objects.get(schema_name="tpl1")


def test_a_clone_has_the_structure_that_migrations_make(source: Tenant, target: Tenant) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA t78")
    migrate_schema("t78")

    clone_schema(source, target)

    assert structure("t77") == structure("t78")
    assert len(structure("t77")) > 200


def test_rows_come_along_and_people_do_not(source: Tenant, target: Tenant) -> None:
    with inside(source):
        Role.objects.create(code="front", name="Front desk", permissions=["own:use"])
        QueueParameters.objects.filter(release=Release.DRAFT).update(callback_attempts=7)
        User.objects.create(username="somebody", display_name="Somebody")

    clone_schema(source, target)

    with inside(target):
        assert Role.objects.filter(code="front").exists()
        assert QueueParameters.objects.get(release=Release.DRAFT).callback_attempts == 7
        assert not User.objects.exists()


def test_ids_are_kept_and_every_sequence_goes_on_behind_them(source: Tenant, target: Tenant) -> None:
    clone_schema(source, target)

    with inside(source):
        ids = set(Role.objects.values_list("code", "pk"))
    with inside(target):
        assert set(Role.objects.values_list("code", "pk")) == ids
        assert Role.objects.create(code="new", name="New").pk > max(pk for _code, pk in ids)


def test_cloning_again_replaces_what_a_killed_attempt_left(source: Tenant, target: Tenant) -> None:
    clone_schema(source, target)
    with inside(target):
        Role.objects.create(code="leftover", name="Left over")

    clone_schema(source, target)

    with inside(target):
        assert not Role.objects.filter(code="leftover").exists()


def test_a_source_that_waits_for_the_upgrade_is_refused(source: Tenant, target: Tenant) -> None:
    source.fingerprint = "older"

    with pytest.raises(NotCurrent):
        clone_schema(source, target)


def test_dropping_takes_schema_and_role_away(source: Tenant, target: Tenant) -> None:
    clone_schema(source, target)
    role = target.db_role

    drop_schema(target)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 't77'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = %s", [role])
        assert cursor.fetchone() == (0,)


def test_every_table_of_a_tenant_says_how_it_is_cloned(db: None) -> None:
    undecided = [model._meta.label for model in tenant_models() if not isinstance(clone_of(model), Clone)]

    assert undecided == []


@pytest.mark.parametrize("name", ["t2; DROP SCHEMA t3", "T5", "tpl", "public", "t2_v1x", "zz"])
def test_a_name_that_is_no_tenants_schema_is_refused(source: Tenant, name: str) -> None:
    with pytest.raises((ValueError, DatabaseError)):
        clone_schema(source, Tenant(schema_name=name, name="Bad"))


@pytest.mark.feature("TPL-03")
def test_a_published_version_stays_as_it_was(db: None) -> None:
    template = ServiceTemplate.objects.get(is_default=True)
    frozen = template.versions.get(number=1).schema

    with inside(template.working_copy):
        QueueParameters.objects.filter(release=Release.DRAFT).update(callback_attempts=9)

    with inside(frozen):
        assert QueueParameters.objects.get(release=Release.DRAFT).callback_attempts == 3
