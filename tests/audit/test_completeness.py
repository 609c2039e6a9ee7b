"""Every change of every audited table leaves a row, whatever way it is made (THR-29, AUD-01, AUD-05, AUD-07)."""

import json
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models

from portal.accounts.models import Role, User
from portal.audit.models import LogEntry, Verb
from portal.audit.registry import audited_models, exempt_models, secrets_of
from portal.audit.scopes import lives_in_public
from portal.audit.sets import record_set
from portal.core.cloning import clone_of
from tenants.door import inside
from tenants.models import Tenant
from tests.audit.makers import MAKERS, Maker

OURS = ("accounts", "audit", "jobs", "tenants", "customers", "extensions", "licensing", "billing")
SECRET = "not-for-the-log"


def labels(model: type[models.Model]) -> str:
    return model._meta.label


@pytest.fixture(params=audited_models(), ids=labels)
def maker(request: pytest.FixtureRequest, management: Tenant, alpha: Tenant) -> Iterator[Maker]:
    """Each audited table in turn, in the schema where it lives."""
    if lives_in_public(request.param):
        yield MAKERS[request.param]
    else:
        # As the owner of the schema: some of these tables are read-only for the tenant's own role.
        with inside(alpha, owner=True):
            yield MAKERS[request.param]


def rows_about(obj: models.Model) -> list[tuple[str, str]]:
    found = LogEntry.objects.filter(model=obj._meta.label_lower, object_pk=str(obj.pk)).order_by("pk")
    return [(entry.verb, entry.message) for entry in found]


def log_text() -> str:
    return json.dumps(list(LogEntry.objects.values_list("changes", "object_repr")))


def test_every_model_of_ours_is_audited_or_exempt_with_a_reason() -> None:
    known = {*audited_models(), *exempt_models()}

    missing = [model._meta.label for model in apps.get_models() if model._meta.app_label in OURS and model not in known]

    assert not missing, "add audited(…) or exempt(…) to the app's audit.py"
    assert all(len(reason) > 10 for reason in exempt_models().values())
    assert set(MAKERS) == set(audited_models()), "tests/audit/makers.py makes one row of every audited table"


@pytest.mark.feature("AUD-01")
@pytest.mark.feature("AUD-05")
def test_creating_changing_and_deleting_leave_one_row_each(maker: Maker) -> None:
    row = maker.make()
    start = LogEntry.objects.count()
    if not maker.only:
        row.save()
    key = str(row.pk)
    if maker.field:
        setattr(row, maker.field, maker.value)
        row.save()
    row.save()  # nothing differs: nothing is recorded
    if not maker.only:
        row.delete()

    change = [("put", "Update")] if maker.field else []
    expected = change if maker.only else [("post", "New"), *change, ("delete", "Delete")]
    written = LogEntry.objects.order_by("pk")[start:]
    found = [entry for entry in written if entry.model == row._meta.label_lower and entry.object_pk == key]
    assert [(entry.verb, entry.message) for entry in found] == expected
    assert all(entry.table for entry in found)
    assert [list(entry.changes) for entry in found if entry.verb == "put"] == [[maker.field]] * bool(maker.field)
    assert SECRET not in log_text()


def test_deleting_a_set_leaves_one_row_for_each(maker: Maker) -> None:
    row = maker.make()
    if maker.only:
        pytest.skip("the table has one row that is never deleted")
    row.save()
    key = str(row.pk)

    type(row)._base_manager.filter(pk=row.pk).delete()

    assert LogEntry.objects.filter(model=row._meta.label_lower, object_pk=key, verb=Verb.DELETE).count() == 1


@pytest.mark.feature("AUD-07")
def test_a_set_based_change_is_recorded_by_one_statement(maker: Maker) -> None:
    row = maker.make()
    row.save()
    rows = type(row)._base_manager.filter(pk=row.pk)
    names = [field.name for field in row._meta.concrete_fields if not field.primary_key]
    before = len(rows_about(row))

    record_set(rows, verb=Verb.POST, fields=names)
    if maker.field and not secrets_of(type(row)) & {maker.field}:
        # Called before the update: the column still holds the previous value.
        record_set(rows, verb=Verb.PUT, changes={maker.field: maker.value})
    record_set(rows, verb=Verb.DELETE, fields=names)

    added = LogEntry.objects.filter(model=row._meta.label_lower, object_pk=str(row.pk)).order_by("pk")[before:]
    assert {entry.verb for entry in added} >= {"post", "delete"}
    for entry in added:
        for name in secrets_of(type(row)) & set(entry.changes):
            assert set(entry.changes[name]) <= {"", "changed"}
        if entry.verb == "put":
            assert entry.changes[maker.field][1] == maker.value
    assert SECRET not in log_text()


@pytest.mark.feature("AUD-07")
def test_a_changed_secret_is_told_without_its_value(inside_alpha: Tenant, agent: User) -> None:
    agent.password = "argon2$" + SECRET

    agent.save()

    entry = LogEntry.objects.filter(model="accounts.user", object_pk=str(agent.pk), verb="put").latest("id")
    assert entry.changes == {"password": ["changed", "changed"]}


def test_changed_roles_are_told_as_lists_from_either_side(inside_alpha: Tenant, agent: User) -> None:
    manager = Role.objects.get(code="manager")

    agent.roles.add(manager)
    manager.users.remove(agent)
    agent.roles.clear()

    entries = LogEntry.objects.filter(model="accounts.user", object_pk=str(agent.pk), changes__has_key="roles")
    found = [entry.changes["roles"] for entry in entries.order_by("pk")]
    assert found[-3:] == [
        [["End user"], ["End user", "Team manager"]],
        [["End user", "Team manager"], ["End user"]],
        [["End user"], []],
    ]


def test_a_shared_row_changed_inside_a_tenant_is_recorded_in_the_management_log(alpha: Tenant) -> None:
    with inside(alpha, owner=True):
        alpha.product = "Phone System Plus"
        alpha.save()
        record_set(Tenant.objects.filter(pk=alpha.pk), verb=Verb.PUT, changes={"product": "Basic"}, name="name")
        here = LogEntry.objects.filter(model="tenants.tenant").count()

    found = LogEntry.objects.filter(model="tenants.tenant", object_pk=str(alpha.pk)).order_by("-id")[:2]
    assert here == 0
    assert [entry.changes["product"][1] for entry in found] == ["Basic", "Phone System Plus"]
    assert found[0].object_repr == alpha.name


def test_fifteen_thousand_rows_are_recorded_by_a_single_statement(
    inside_alpha: Tenant, django_assert_num_queries: object
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_role (code, name, builtin, team_scoped, version, permissions) "
            "SELECT 'role-' || n, 'Role ' || n, false, false, 1, '{}' FROM generate_series(1, 15000) n"
        )

    with django_assert_num_queries(1):
        count = record_set(Role.objects.filter(builtin=False), verb=Verb.POST, fields=["code", "name"], name="name")

    assert count == 15_000
    assert LogEntry.objects.filter(model="accounts.role", object_repr="Role 15000").get().changes == {
        "code": [None, "role-15000"],
        "name": [None, "Role 15000"],
    }


def test_the_log_itself_is_never_cloned() -> None:
    assert clone_of(LogEntry) == "empty"
