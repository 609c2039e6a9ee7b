"""A company with 30,000 people and 15,000 numbers, for the benchmark and the proof of bulk assignments."""

from django.core.management import call_command
from django.db import connection

from extensions.models import Configuration
from licensing.models import Reason
from licensing.services.entitlement import set_bought
from portal.accounts.models import Role, User
from tenants.door import inside
from tenants.models import Tenant, TenantKind, TenantState
from tenants.services.cloning import clone_schema

FIRST_KEY = 10_000


def prepare() -> None:
    """An installation with its first template."""
    call_command("upgrade", verbosity=0)
    call_command("init", verbosity=0)


def company(number: int, *, people: int, numbers: int) -> Tenant:
    """A new tenant with so many people without an extension (“Person 1” …) and free numbers (+65100000001 …)."""
    made, _new = Tenant.objects.get_or_create(
        instance_number=number,
        defaults={
            "schema_name": f"t{number}", "name": f"Bench{number}", "kind": TenantKind.CUSTOMER,
            "state": TenantState.PROVISIONING, "upn_suffix": f"bench{number}.example", "max_extensions": 90_000,
            "country": "SG", "ani": "+6561234567",
        },
    )  # fmt: skip
    clone_schema(Tenant.objects.get(schema_name="tpl1_v1"), made)
    made.domains.create(domain=f"bench{number}.localhost", is_primary=True)
    Tenant.objects.filter(pk=made.pk).update(state=TenantState.ACTIVE)
    made = Tenant.objects.get(pk=made.pk)
    with inside(made, owner=True):
        set_bought({"phone_system": 90_000, "team_chat": 90_000, "license_number": 90_000}, reason=Reason.START)
        Configuration.objects.get_or_create(pk=1)
        boss = User.objects.create(username=f"boss{number}", email=f"boss@bench{number}.example", display_name="Boss")
        boss.roles.set(Role.objects.filter(code="owner"))
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO accounts_user (password, username, personnel_id, email, display_name, kind, is_active, "
                "created_at, language, theme, compact) SELECT '', 'p' || i || '@bench.example', '', '', "
                "'Person ' || i, 'person', true, now(), '', 'auto', true FROM generate_series(1, %s) i",
                [people],
            )
            cursor.execute(
                "INSERT INTO extensions_outsidenumber (e164, kind, country) "
                "SELECT '+651' || lpad(i::text, 8, '0'), 'geographic', 'SG' FROM generate_series(1, %s) i",
                [numbers],
            )
    vacuum(made)
    return made


def file_of(rows: int) -> bytes:
    """A file that assigns the first people; every other one gets a number."""
    lines = ["Ext Key,User's Name,Number"]
    lines += [f"{FIRST_KEY + i},Person {i + 1},{f'+651{i + 1:08d}' if i % 2 == 0 else ''}" for i in range(rows)]
    return "\r\n".join(lines).encode()


def bad_file_of(rows: int) -> bytes:
    """As many rows, each wrong in one of nine ways."""
    wrong = (
        "12,Person {n},", "{key},Nobody {n},", "{key},Person {n},+6599999999999", "{key},,", "112,Person {n},",
        "{key},Person 1,", "{key},Person {n},1.2E+9", "ab{n},Person {n},", "{key},Person {n},+65100000001",
    )  # fmt: skip
    lines = ["Ext Key,User's Name,Number"]
    lines += [wrong[i % len(wrong)].format(key=FIRST_KEY + i, n=i + 1) for i in range(rows)]
    return "\r\n".join(lines).encode()


def empty(tenant: Tenant) -> None:
    """As before the first run, but for the audit log and the ledger, which only grow; statistics up to date."""
    with inside(tenant, owner=True), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE extensions_outsidenumber SET extension_id = NULL, assigned_at = NULL "
            "WHERE extension_id IS NOT NULL; DELETE FROM licensing_assignedaddon; DELETE FROM extensions_mailbox; "
            "DELETE FROM extensions_extension;"
            "TRUNCATE licensing_assignmentrow, licensing_assignmentfile, licensing_assignmenttemplate"
        )
    vacuum(tenant)


def vacuum(tenant: Tenant) -> None:
    """Tables without dead rows, as the server's own housekeeping leaves them."""
    with inside(tenant, owner=True), connection.cursor() as cursor:
        for table in (
            "extensions_extension", "extensions_mailbox", "extensions_dialnumber", "extensions_outsidenumber",
            "licensing_assignedaddon", "licensing_assignmentrow", "licensing_pool", "accounts_user",
        ):  # fmt: skip
            cursor.execute(f"VACUUM ANALYZE {tenant.schema_name}.{table}")
