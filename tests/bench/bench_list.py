"""`bin/bench list [rounds]`: 15,000 extensions listed, beside a bare answer and Django's own admin (EXT-03, UXP-06).

One production server (granian, threads) answers all; the ways are taken in turn within one run. Goals: at least 4 times
the requests per second of the stock admin change list of the same model (6 is the goal), at most 8 queries a page, and
search by part of a name at most as slow as the plain list. The operators' list of 1,000 tenants runs along.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.list_settings"
django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from extensions.models import Extension, ExtensionState, Team, TeamMember
from portal.accounts.models import Role, User
from portal.run.processes import free_port
from tenants.door import inside
from tenants.models import Tenant, TenantKind, TenantState
from tenants.services.cloning import clone_schema
from tests.bench.measure import interleaved, ratio, versions

EXTENSIONS, TENANTS = 15_000, 1_000
GOAL_ADMIN, WISH_ADMIN, GOAL_QUERIES = 4.0, 6.0, 8
REQUESTS = 20  # of each way in a round
HELLO, LIST, SEARCH, ADMIN, HOSTS = "hello-world", "extension list", "search “meier”", "stock admin", "1,000 tenants"
FIRST = ("Anna", "Ben", "Clara", "David", "Eva", "Finn", "Greta", "Hugo", "Ida", "Jonas", "Klara", "Leo", "Mia", "Noah")
LAST = ("Schmidt", "Rossi", "Dubois", "Novak", "Larsen", "Costa", "Becker", "Moreau", "Silva", "Keller", "Brandt")


def prepare() -> tuple[Tenant, Tenant]:
    """An installation, one tenant with 15,000 extensions and as many people, and 1,000 rows of tenants."""
    call_command("upgrade", verbosity=0)
    call_command("init", verbosity=0)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    management = Tenant.objects.get(schema_name="public")
    management.domains.update_or_create(domain=settings.PORTAL_MANAGEMENT_FQDN, defaults={"is_primary": True})
    known = Tenant.objects.filter(schema_name="t2").first()
    if known is not None:  # an earlier run of this benchmark left everything in its folder
        _settle()
        return management, known
    tenant = Tenant.objects.create(
        instance_number=2, schema_name="t2", name="Bench", kind=TenantKind.CUSTOMER, state=TenantState.PROVISIONING,
        upn_suffix="bench.example", max_extensions=EXTENSIONS,
    )  # fmt: skip
    clone_schema(Tenant.objects.get(schema_name="tpl1_v1"), tenant)
    tenant.domains.create(domain="bench.localhost", is_primary=True)
    Tenant.objects.filter(pk=tenant.pk).update(state=TenantState.ACTIVE)
    tenant.refresh_from_db()
    with inside(tenant):
        _people()
    Tenant.objects.bulk_create(
        Tenant(instance_number=n, schema_name=f"t{n}", name=f"Company{n:04}", kind=TenantKind.CUSTOMER,
               state=TenantState.ACTIVE, upn_suffix=f"c{n}.example")
        for n in range(3, TENANTS + 2)
    )  # fmt: skip
    _settle()
    return management, tenant


def _settle() -> None:
    """What the database does by itself in an hour, done before anything is measured."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _name(n: int) -> tuple[str, str]:
    return FIRST[n % len(FIRST)], "Meier" if n % 300 == 7 else LAST[n % len(LAST)]


def _people() -> None:
    users = User.objects.bulk_create(
        User(username=f"user{n}@bench.example", email=f"user{n}@bench.example", display_name=" ".join(_name(n)))
        for n in range(EXTENSIONS)
    )
    teams = Team.objects.bulk_create(Team(name=f"Team {n}") for n in range(40))
    made = Extension.objects.bulk_create(
        Extension(
            number=str(10_000 + n), first_name=_name(n)[0], last_name=_name(n)[1], directory_name=" ".join(_name(n)),
            email=user.email, user=user, sip_username=f"sip{n}", sip_password="x" * 20, state=ExtensionState.ACTIVE,
            created_at=datetime(2026, 11, 1, tzinfo=UTC),
        )
        for n, user in enumerate(users)
    )  # fmt: skip
    TeamMember.objects.bulk_create(
        TeamMember(team=teams[n % 40], extension=row, position=n // 40) for n, row in enumerate(made)
    )


def sign_in(tenant: Tenant, *, role: str) -> dict[str, str]:
    """Headers of somebody who is signed in at `tenant` and may see everything."""
    host = tenant.get_primary_domain().domain
    client = Client(HTTP_HOST=host)
    with inside(tenant):
        facts = {"email": f"bench@{host}", "display_name": "Bench Owner"}
        user, _made = User.objects.get_or_create(username=f"bench@{host}", defaults=facts)
        user.roles.set(Role.objects.filter(code=role))
        client.force_login(user, backend="portal.accounts.backends.SignInBackend")
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return {"Host": host, "Cookie": cookies}


@contextmanager
def server() -> Iterator[int]:
    """The web server as production runs it, with the admin and the bare answer beside our pages; yields its port."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += [
        "--workers",
        "2",
        "--blocking-threads",
        "4",
        "--no-ws",
        "--log-level",
        "warning",
        "portal.wsgi:application",
    ]
    process = subprocess.Popen(command, env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.bench.list_settings"})
    try:
        for _attempt in range(150):
            try:
                HTTPConnection("127.0.0.1", port, timeout=2).request("GET", "/livez")
                break
            except OSError:
                time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait()


def asking(port: int, path: str, headers: dict[str, str]) -> "object":
    """A way that gets `path` REQUESTS times over one connection."""

    def ask() -> None:
        line = HTTPConnection("127.0.0.1", port, timeout=30)
        for _turn in range(REQUESTS):
            line.request("GET", path, headers=headers)
            answer = line.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"{path} answered {answer.status}")
        line.close()

    return ask


def queries(tenant: Tenant, path: str, headers: dict[str, str]) -> int:
    """How many queries one page makes; going to the tenant's schema and back is not one."""
    client = Client(HTTP_HOST=headers["Host"])
    for pair in headers["Cookie"].split("; "):
        name, value = pair.split("=", 1)
        client.cookies[name] = value
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return sum(not query["sql"].startswith("SET ") for query in captured)


def main(rounds: int) -> bool:
    """Print the table; True where every goal is met."""
    management, tenant = prepare()
    ours, theirs = sign_in(tenant, role="owner"), sign_in(management, role="operator_owner")
    print(versions(), f"granian, 2 workers of 4 threads, {REQUESTS} requests a round, {rounds} rounds")
    counted = {path: queries(tenant, path, ours) for path in ("/extensions/", "/extensions/?q=meier")}
    with server() as port:
        seconds = interleaved(
            {
                HELLO: asking(port, "/hello/", ours),
                LIST: asking(port, "/extensions/", ours),
                SEARCH: asking(port, "/extensions/?q=meier", ours),
                ADMIN: asking(port, "/stock-admin/extensions/extension/", ours),
                HOSTS: asking(port, "/ops/tenants/", theirs),
            },
            rounds,
        )
    for name, taken in seconds.items():
        mean = 1000 * sum(taken) / len(taken) / REQUESTS
        print(f"  {name:<18} {mean:8.2f} ms   {ratio(seconds, name, HELLO):6.1f} x hello-world")
    faster, search = ratio(seconds, ADMIN, LIST), ratio(seconds, SEARCH, LIST)
    print(f"  list: {faster:.1f} x the admin's requests per second (goal {WISH_ADMIN:g}, at least {GOAL_ADMIN:g})")
    print(f"  search takes {search:.2f} x the plain list (at most 1); queries {counted} (at most {GOAL_QUERIES})")
    return faster >= GOAL_ADMIN and search <= 1.0 and max(counted.values()) <= GOAL_QUERIES


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 7) else 1)
