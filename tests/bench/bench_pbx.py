"""`bin/bench pbx [rounds]`: how long a tenant of 10, 1,000 and 5,000 extensions takes to a real Asterisk (issue 4).

Each is brought once whole, then one change at a time (a name, a password, one more extension), the three sizes in turn,
all on one PBX. Everything counts: the snapshot from the tables, rendering, writing, the PBX's own reading, and looking
whether it took it. Seconds of processors, Asterisk's and ours, are told beside it: they hardly depend on neighbours.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.core.management import call_command
from django.utils import timezone

from extensions.models import Configuration, Extension, ExtensionState, Mailbox, Team, TeamMember
from extensions.pbx.applying import apply_waiting, want_tenant
from extensions.pbx.drivers import driver_of, facts_of
from extensions.pbx.facts import take_tenant_facts
from extensions.pbx.render.tenant import render_tenant
from licensing.models import Reason
from licensing.services.entitlement import set_bought
from portal.run.asterisk.ports import free_sip_port
from portal.run.asterisk.server import Asterisk
from portal.run.folder import DataFolder
from portal.run.processes import free_port
from portal.run.servers import running
from tenants.door import inside
from tenants.models import AppliedVersion, Pbx, Tenant, TenantKind, TenantState
from tenants.services.cloning import clone_schema
from tenants.skus import PHONE_SYSTEM
from tests.bench.measure import versions

SIZES = (10, 1_000, 5_000)
TEAM = 20  # members of each team
FIRST_INSTANCE = 500_000  # the other benchmarks' tenants, in the same database, are below
RESTS = 4  # quarters of a second without work
GOAL = 3.0  # seconds (issue 4)


@contextmanager
def asterisk() -> Iterator[tuple[Pbx, int]]:
    """A real Asterisk of this benchmark's own, as the PBX of every tenant, and its process."""
    with tempfile.TemporaryDirectory(prefix="trunkline-bench-") as folder:
        data = DataFolder(Path(folder))
        data.prepare()
        server = Asterisk(data, sip_port=free_sip_port(), ami_port=free_port())
        with running(server) as process:
            Pbx.objects.filter(is_default=True).update(is_default=False)
            pbx = Pbx.objects.create(
                name=f"Bench {time.time():.0f}", host="127.0.0.1", ami_port=server.ami_port, ami_user="portal",
                ami_secret=server.secret_file.read_text().strip(), config_folder=str(server.etc),
                spool_folder=str(server.spool), sip_host="127.0.0.1", sip_port=server.sip_port, is_default=True,
            )  # fmt: skip
            yield pbx, process.pid


def busy(pid: int) -> float:
    """Seconds of processors that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rest(pid: int) -> None:
    """Wait until Asterisk has nothing to do: thousands of new telephones keep its queues busy for a while."""
    idle = 0
    while idle < RESTS:
        before = busy(pid)
        time.sleep(0.25)
        idle = idle + 1 if busy(pid) - before < 0.02 else 0  # noqa: PLR2004 - two ticks


def tenant_of(size: int) -> Tenant:
    """A tenant with so many extensions, each with a box, and teams of twenty; kept for the next run."""
    number = FIRST_INSTANCE + SIZES.index(size)
    known = Tenant.objects.filter(schema_name=f"t{number}").first()
    if known is not None:
        AppliedVersion.objects.filter(tenant=known).delete()
        return licensed(known)
    made = Tenant.objects.create(
        instance_number=number, schema_name=f"t{number}", name=f"Bench {size}", kind=TenantKind.CUSTOMER,
        state=TenantState.PROVISIONING, upn_suffix=f"bench{size}.example", max_extensions=size, country="DE",
        ani="+493012345678",
    )  # fmt: skip
    clone_schema(Tenant.objects.get(schema_name="tpl1_v1"), made)
    made.domains.create(domain=f"pbx{size}.localhost", is_primary=True)
    Tenant.objects.filter(pk=made.pk).update(state=TenantState.ACTIVE)
    made.refresh_from_db()
    licensed(made)
    with inside(made):
        _people(size)
    return made


def licensed(tenant: Tenant) -> Tenant:
    """With as many licences as it likes: the changes that are measured add extensions."""
    with inside(tenant, owner=True):
        set_bought({PHONE_SYSTEM: None}, reason=Reason.LIMIT)
    return tenant


def _people(size: int) -> None:
    extensions = Extension.objects.bulk_create(
        Extension(
            number=str(20_000 + n), directory_name=f"Person {n}", sip_username=f"sip{n}", sip_password="x" * 20,
            state=ExtensionState.UNASSIGNED, created_at=timezone.now(),
        )
        for n in range(size)
    )  # fmt: skip
    Mailbox.objects.bulk_create(Mailbox(extension=one, pin="4711") for one in extensions)
    teams = Team.objects.bulk_create(
        Team(name=f"Team {n}", number=str(60_000 + n)) for n in range(max(size // TEAM, 1))
    )
    TeamMember.objects.bulk_create(
        TeamMember(team=teams[n % len(teams)], extension=one, position=n // len(teams))
        for n, one in enumerate(extensions)
    )


def bring(tenant: Tenant) -> tuple[float, AppliedVersion]:
    """Seconds from the wish to what is in force, and the row that says so."""
    begun = time.perf_counter()
    pbx = want_tenant(tenant=tenant, at=timezone.now())
    if pbx is None:
        raise SystemExit("nothing was to be done")
    apply_waiting(pbx=pbx)
    return time.perf_counter() - begun, AppliedVersion.objects.get(tenant=tenant)


def rename(first: Extension) -> None:
    """Another name."""
    Extension.objects.filter(pk=first.pk).update(directory_name=f"Changed {time.time()}")


def new_password(first: Extension) -> None:
    """Another password."""
    first.sip_password = f"{time.time():.6f}"
    first.save(update_fields=["sip_password"])


def one_more(first: Extension) -> None:
    """An extension with a box, in a team, beyond those that were there."""
    last = Extension.objects.order_by("-pk")[0]
    made = Extension.objects.bulk_create(
        [
            Extension(
                number=str(70_000 + last.pk), directory_name="One more", sip_username=f"sip{time.time():.6f}",
                sip_password="x" * 20, state=ExtensionState.UNASSIGNED, created_at=timezone.now(),
            )
        ]
    )  # fmt: skip
    Mailbox.objects.bulk_create([Mailbox(extension=made[0])])  # without a PIN, as pages make one
    TeamMember.objects.bulk_create(
        [TeamMember(team=Team.objects.all()[0], extension=made[0], position=1_000 + last.pk)]
    )


CHANGES: dict[str, Callable[[Extension], None]] = {
    "a name": rename, "a password": new_password, "one more extension": one_more
}  # fmt: skip


def change(tenant: Tenant, what: Callable[[Extension], None]) -> None:
    """One change, as a page would make it."""
    with inside(tenant):
        what(Extension.objects.order_by("pk")[0])
        row = Configuration.objects.get(pk=1)
        Configuration.objects.filter(pk=1).update(version=row.version + 1)


@dataclass
class Taken:
    """Seconds of one kind of change at one size, each time: by the clock, of Asterisk's processor, of ours."""

    seconds: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)

    def words(self) -> str:
        middle = [statistics.median(one) for one in (self.seconds, self.theirs, self.ours)]
        return f"{middle[0]:.2f} s (at most {max(self.seconds):.2f}; Asterisk {middle[1]:.2f}, portal {middle[2]:.2f})"


def one_by_one(tenants: dict[int, Tenant], pid: int, rounds: int) -> tuple[dict[tuple[int, str], Taken], bool]:
    """Bring every kind of change to every tenant, in turn; whether all were taken."""
    taken = {(size, name): Taken() for size in tenants for name in CHANGES}
    good = True
    for _turn in range(rounds):
        for (size, name), one in taken.items():
            change(tenants[size], CHANGES[name])
            rest(pid)
            theirs, ours = busy(pid), time.process_time()
            seconds, row = bring(tenants[size])
            one.seconds.append(seconds)
            one.theirs.append(busy(pid) - theirs)
            one.ours.append(time.process_time() - ours)
            good = good and row.state == "applied"
    return taken, good


def parts(tenant: Tenant) -> tuple[float, float, int]:
    """Seconds for the snapshot and for rendering it, and bytes written."""
    with inside(tenant):
        begun = time.perf_counter()
        facts = take_tenant_facts(at=timezone.now())
        taken = time.perf_counter()
    files = render_tenant(facts)
    return taken - begun, time.perf_counter() - taken, sum(len(text) for text in files.values())


def main(rounds: int) -> bool:
    """Print the table; True where everything was taken and one change costs less than three seconds."""
    call_command("upgrade", verbosity=0)
    call_command("init", verbosity=0)
    tenants = {size: tenant_of(size) for size in SIZES}
    with asterisk() as (pbx, pid):
        version = asyncio.run(driver_of(facts_of(pbx)).probe()).version
        print(versions(), f"Asterisk {version}; {rounds} changes of each, in turn; load {os.getloadavg()[0]:.1f}")
        good = True
        for size, tenant in tenants.items():
            seconds, row = bring(tenant)
            snapshot, render, written = parts(tenant)
            print(
                f"  {size:>6} extensions, whole: {seconds:6.2f} s (snapshot {snapshot:.2f}, render {render:.2f},"
                f" PBX {row.seconds or 0:.2f}; {written / 1e6:.1f} MB)"
            )
            good = good and row.state == "applied"
        before = Pbx.objects.get(pk=pbx.pk).reloads
        taken, all_taken = one_by_one(tenants, pid, rounds)
        reloads = Pbx.objects.get(pk=pbx.pk).reloads - before
        for (size, name), one in taken.items():
            print(f"  {size:>6} extensions, {name}: {one.words()}")
        print(f"  {len(taken) * rounds} changes: {reloads} reloads")
        AppliedVersion.objects.filter(pbx=pbx).delete()
        pbx.delete()
    return good and all_taken and max(statistics.median(one.seconds) for one in taken.values()) < GOAL


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 5) else 1)
