"""`bin/prove pbx [fault …]`: everything that can go away, goes away (issue 4, REL-11).

A real Asterisk is stopped, killed and frozen, the portal's processes likewise, the folder is in the way, a tenant does
not render. Each time the newest state must be in force within 30 seconds of everybody being back, others must not be
held up, and nobody may be told what is not so.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.utils import timezone

from extensions.models import Configuration
from extensions.pbx.asking import ask_to_apply
from extensions.services.create import create_extension
from portal.accounts.models import User
from portal.run.asterisk.ports import free_sip_port
from portal.run.asterisk.server import Asterisk
from portal.run.folder import DataFolder
from portal.run.processes import free_port
from portal.run.servers import running
from tenants.door import inside
from tenants.models import AppliedState, AppliedVersion, Domain, Pbx
from tests.bench.measure import versions
from tests.jobs.processes import Plant, Worker, eventually, plant
from tests.proofs.companies import company, prepare

LONGEST, WHEN_IDLE = 30.0, 3.0
# A lease and a sweep as in production.
LEASE, SWEEP = 15.0, 5.0


class Works:
    """An Asterisk, the follower and a worker, each of which can be taken away and brought back."""

    def __init__(self, works: Plant, stack: ExitStack, folder: Path, people: dict[int, User]) -> None:
        self.plant, self.stack = works, stack
        data = DataFolder(folder / "pbx")
        data.prepare()
        self.server = Asterisk(data, sip_port=free_sip_port(), ami_port=free_port())
        self.people = people
        self.own, self.other = people
        self.made = 200
        self.newest: dict[int, str] = {}  # the last extension of each company
        self.asterisk = self._start()
        self.pbx = Pbx.objects.create(
            name=f"Proof {time.time():.0f}", host="127.0.0.1", ami_port=self.server.ami_port, ami_user="portal",
            ami_secret=self.server.secret_file.read_text().strip(), config_folder=str(self.server.etc),
            spool_folder=str(self.server.spool), sip_host="127.0.0.1", sip_port=self.server.sip_port, is_default=True,
        )  # fmt: skip
        self.worker: Worker = works.worker(application="portal.celery")
        self.follower = self._follow()

    # --- who can go away -----------------------------------------------------------------------------------------
    def _start(self) -> subprocess.Popen:
        self.running = ExitStack()
        process = self.running.enter_context(running(self.server))
        self.stack.callback(self.running.close)
        return process

    def stop_asterisk(self) -> None:
        self.running.close()

    def start_asterisk(self) -> None:
        self.asterisk = self._start()

    def kill_asterisk(self) -> None:
        self.asterisk.kill()
        self.asterisk.wait()

    def _follow(self) -> subprocess.Popen:
        log = (self.plant.folder / f"follower-{time.monotonic_ns()}.log").open("wb")
        environment = {**os.environ, "REDIS_URL": self.plant.broker.url, "PORTAL_DATA": str(self.plant.folder)}
        command = [sys.executable, "manage.py", "pbx"]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        self.stack.callback(process.wait)
        self.stack.callback(process.kill)
        return process

    def new_follower(self) -> None:
        self.follower = self._follow()

    def new_worker(self) -> None:
        self.worker = self.plant.worker(application="portal.celery")

    # --- what is changed and what is in force --------------------------------------------------------------------
    def change(self, number: int = 0) -> int:
        """Make an extension; the version that must be in force."""
        self.made += 1
        number = number or self.own
        tenant = company(number)
        self.newest[number] = str(self.made)
        with inside(tenant):
            create_extension(
                number=str(self.made), first_name="Mei", last_name=f"Tan {self.made}", email="", mobile="",
                by=self.people[number], at=timezone.now(),
            )  # fmt: skip
            return Configuration.objects.get(pk=1).version

    def in_force(self, version: int, number: int) -> bool:
        row = AppliedVersion.objects.filter(tenant__schema_name=f"t{number}").first()
        return row is not None and row.state == AppliedState.APPLIED and row.applied >= version

    def until_in_force(self, version: int, number: int = 0, *, within: float = LONGEST) -> float:
        """Seconds until it is, and the files hold the newest extension."""
        number = number or self.own
        took = eventually(lambda: self.in_force(version, number), within=within, what=f"version {version} of t{number}")
        text = (self.server.etc / "tenants" / f"t{number}" / "pjsip_endpoint.conf").read_text()
        if f"[{self.newest[number]}@" not in text:
            raise AssertionError(f"{self.newest[number]} is not in the files")
        return took

    def row(self) -> AppliedVersion:
        return AppliedVersion.objects.get(tenant__schema_name=f"t{self.own}")

    def reloads(self) -> int:
        return Pbx.objects.get(pk=self.pbx.pk).reloads


# --- the proofs: each returns seconds and what was seen -----------------------------------------------------------
def idle_changes(works: Works) -> tuple[float, str]:
    taken = []
    for _turn in range(10):
        taken.append(works.until_in_force(works.change(), within=WHEN_IDLE))
        time.sleep(0.3)
    return max(taken), f"ten changes, {sum(taken) / len(taken):.2f} s on average, at most {max(taken):.2f} s"


def hundred_changes(works: Works) -> tuple[float, str]:
    before = works.reloads()
    for _turn in range(99):
        works.change()
    took = works.until_in_force(works.change())
    made = works.reloads() - before
    if made > 20:  # noqa: PLR2004 - a few, whatever the pace of this machine
        raise AssertionError(f"{made} reloads for a hundred changes")
    return took, f"a hundred changes, {made} reloads"


def stopped(works: Works) -> tuple[float, str]:
    works.stop_asterisk()
    version = works.change()
    eventually(lambda: works.row().error != "", within=LONGEST, what="the row says what it waits for")
    said, state = works.row().error, works.row().state
    if state != AppliedState.WAITING:
        raise AssertionError(f"the row says {state}")
    works.start_asterisk()
    return works.until_in_force(version), f"waiting: “{said}”"


def killed_while_reading(works: Works) -> tuple[float, str]:
    worst = 0.0
    for _turn in range(3):
        version = works.change()
        time.sleep(random.random() * 0.4)  # noqa: S311 - any moment
        works.kill_asterisk()
        works.stop_asterisk()
        works.start_asterisk()
        worst = max(worst, works.until_in_force(version))
    return worst, "killed three times within half a second of a change"


def frozen(works: Works) -> tuple[float, str]:
    os.kill(works.asterisk.pid, signal.SIGSTOP)
    version = works.change()
    time.sleep(12)
    os.kill(works.asterisk.pid, signal.SIGCONT)
    return works.until_in_force(version), "answered nothing for 12 s"


def worker_killed(works: Works) -> tuple[float, str]:
    worst = 0.0
    for _turn in range(3):
        version = works.change()
        time.sleep(random.random() * 0.5)  # noqa: S311 - any moment
        works.worker.kill()
        works.new_worker()
        worst = max(worst, works.until_in_force(version))
    return worst, "killed three times within half a second of a change"


def follower_killed(works: Works) -> tuple[float, str]:
    held = Pbx.objects.get(pk=works.pbx.pk).fence
    works.follower.kill()
    works.follower.wait()
    works.new_follower()
    before = time.monotonic()
    eventually(lambda: Pbx.objects.get(pk=works.pbx.pk).fence > held, within=60, what="somebody follows it again")
    took = time.monotonic() - before
    works.until_in_force(works.change())
    return took, "another process follows the PBX"


def queue_server_killed(works: Works) -> tuple[float, str]:
    works.plant.broker.kill()
    version = works.change()
    works.plant.broker.start()
    return works.until_in_force(version), "Redis was away during the change"


def folder_in_the_way(works: Works) -> tuple[float, str]:
    obstacle = works.server.etc / "tenants" / f".t{works.own}-next"
    obstacle.write_text("")
    version = works.change()
    other = works.change(works.other)
    works.until_in_force(other, works.other)
    eventually(lambda: works.row().state == AppliedState.FAILED, within=LONGEST, what="the row says failed")
    said = works.row().error
    obstacle.unlink()
    AppliedVersion.objects.filter(tenant=company(works.own)).update(state=AppliedState.WAITING, since=timezone.now())
    ask_to_apply(f"t{works.own}")
    return works.until_in_force(version), f"the other tenant came through; “{said}”"


def does_not_render(works: Works) -> tuple[float, str]:
    domain = Domain.objects.get(tenant__schema_name=f"t{works.own}")
    Domain.objects.filter(pk=domain.pk).update(domain=f"not_a host; {domain.pk}")
    version = works.change()
    other = works.change(works.other)
    works.until_in_force(other, works.other)
    eventually(lambda: works.row().state == AppliedState.FAILED, within=LONGEST, what="the row says failed")
    said = works.row().error
    Domain.objects.filter(pk=domain.pk).update(domain=domain.domain)
    works.change()
    return works.until_in_force(version), f"the other tenant came through; “{said[:60]}”"


PROOFS: tuple[Callable[[Works], tuple[float, str]], ...] = (
    idle_changes, hundred_changes, stopped, killed_while_reading, frozen, worker_killed, follower_killed,
    queue_server_killed, folder_in_the_way, does_not_render,
)  # fmt: skip


@contextmanager
def works_of(folder: Path, people: dict[int, User]) -> Iterator[Works]:
    with ExitStack() as stack:
        inner = stack.enter_context(plant(folder, lease=LEASE, sweep=SWEEP))
        yield Works(inner, stack, folder, people)


def main(names: list[str]) -> int:
    """Print a line for each fault; returns 1 when one was not survived."""
    chosen = [one for one in PROOFS if not names or one.__name__ in names]
    people = prepare()
    faults = 0
    with tempfile.TemporaryDirectory(prefix="trunkline-prove-") as name, works_of(Path(name), people) as works:
        for number in people:
            works.until_in_force(works.change(number), number, within=60)
        print(f"{versions()}, Asterisk {works.server.version}; lease {LEASE} s, sweep {SWEEP} s")
        for proof in chosen:
            title = proof.__name__.replace("_", " ")
            try:
                took, words = proof(works)
                print(f"  {title:<22} {took:6.2f} s  {words}", flush=True)
            except AssertionError as fault:
                faults += 1
                print(f"  {title:<22} FAULT    {fault}", flush=True)
    print(f"{len(chosen)} faults tried, {faults} not survived (at most {LONGEST:.0f} s after everybody is back)")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
