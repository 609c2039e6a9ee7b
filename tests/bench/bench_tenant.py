"""`bin/bench tenant [rounds]`: creating a tenant, beside a plain DDL script and django-tenants' own `create_schema`.

Goals: an empty template at most 1.5 times the script; at least 4.5 times faster than stock. Then how it grows.
"""

import os
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.core.management import call_command
from django.db import connection, transaction

from tenants.models import Tenant, TenantKind, TenantState
from tenants.services import wall
from tenants.services.cloning import clone_schema, drop_schema
from tenants.services.structure import BLANK, structure_script
from tests.bench.measure import interleaved, ratio, versions

GOAL_SCRIPT, GOAL_STOCK = 1.5, 4.5
SCRIPT, OURS, STANDARD, STOCK = "plain DDL script", "clone, empty template", "clone, Standard template", "create_schema"


def prepare() -> None:
    """An installation with its first template."""
    call_command("upgrade", verbosity=0)
    call_command("init", verbosity=0)


def tenant_row(number: int) -> Tenant:
    """A tenant's row without a schema."""
    row, _made = Tenant.objects.get_or_create(
        instance_number=number,
        defaults={
            "schema_name": f"t{number}",
            "name": f"Bench{number}",
            "kind": TenantKind.CUSTOMER,
            "state": TenantState.PROVISIONING,
        },
    )
    return row


def run_script(schema: str) -> None:
    """The floor: the same tables, nothing else."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(structure_script(schema))


def run_stock(schema: str) -> None:
    """What django-tenants does by itself."""
    Tenant(schema_name=schema, name=schema).create_schema(check_if_exists=False, verbosity=0)


def compare(rounds: int) -> bool:
    """Print the table of one interleaved run; True where both goals are met."""
    source = Tenant.objects.get(schema_name="tpl1_v1")
    empty = Tenant.objects.get(schema_name=BLANK)
    names = iter(range(100_001, 200_000))
    made: list[Tenant | str] = []

    def script() -> None:
        made.append(f"t{next(names)}")
        run_script(str(made[-1]))

    def stock() -> None:
        made.append(f"t{next(names)}")
        run_stock(str(made[-1]))

    def ours(template: Tenant, target: Tenant) -> None:
        made.append(target)
        clone_schema(template, target)

    rows = iter([tenant_row(next(names)) for _turn in range(2 * (rounds + 1))])
    seconds = interleaved(
        {
            SCRIPT: script,
            OURS: lambda: ours(empty, next(rows)),
            STANDARD: lambda: ours(source, next(rows)),
            STOCK: stock,
        },
        rounds,
    )
    for each in made:
        _forget(each)
    for name, taken in seconds.items():
        share = ratio(seconds, name, SCRIPT)
        print(f"  {name:<26} median {statistics.median(taken):7.3f} s   {share:6.2f} x script")
    slower, faster = ratio(seconds, OURS, SCRIPT), ratio(seconds, STOCK, OURS)
    met = slower <= GOAL_SCRIPT and faster >= GOAL_STOCK
    print(f"  clone/script {slower:.2f} (goal <= {GOAL_SCRIPT}), stock/clone {faster:.1f} (goal >= {GOAL_STOCK})")
    return met


def grow(points: tuple[int, ...]) -> None:
    """Print how long one creation takes with so many tenants beside it."""
    source = Tenant.objects.get(schema_name="tpl1_v1")
    first, number = 0.0, 300_000
    for point in points:
        while number < 300_000 + point - 5:
            number += 1
            clone_schema(source, tenant_row(number))
        taken = []
        for _turn in range(5):
            number += 1
            row = tenant_row(number)
            began = time.perf_counter()
            clone_schema(source, row)
            taken.append(time.perf_counter() - began)
        median = statistics.median(taken)
        first = first or median
        print(f"  at {point:>4} tenants  {median:.3f} s  {median / first:.2f} x the first")


def _forget(made: Tenant | str) -> None:
    if isinstance(made, Tenant):
        drop_schema(made)
        made.delete()
        return
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {made} CASCADE")
        wall.drop_role(wall.role_name(made))


if __name__ == "__main__":
    prepare()
    print(versions())
    with connection.cursor() as count:
        count.execute(
            "SELECT count(*) FILTER (WHERE relkind = 'r'), count(*) FILTER (WHERE relkind = 'i') FROM pg_class "
            "WHERE relnamespace = 'tpl0'::regnamespace"
        )
        print("  a tenant has {} tables and {} indexes".format(*count.fetchone()))
    good = compare(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
    grow((5, 100, 500))
    sys.exit(0 if good else 1)
