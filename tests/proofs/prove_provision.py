"""`bin/prove provision [--quick]`: a worker is killed at every step of provisioning, in every phase.

Each time another worker has to finish within 30 seconds, with nothing lost and nothing doubled. Then a step fails for
good and the attempt is taken back, with the worker killed at every step of that as well; nothing may be left. Leases
and sweeps are those of production; `--quick` shortens them.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.utils import timezone  # noqa: E402

from portal.accounts.models import User  # noqa: E402
from portal.jobs.models import JobState  # noqa: E402
from tenants.models import RequestState, SubscriptionRequest, Tenant  # noqa: E402
from tenants.services.requests.running import recover  # noqa: E402
from tests.bench.measure import versions  # noqa: E402
from tests.jobs.processes import Plant, eventually, plant  # noqa: E402
from tests.proofs.provisioning import (  # noqa: E402
    PHASES,
    faults_of_absent,
    faults_of_ready,
    job_of,
    order,
    prepare,
    state_of,
    step_names,
)

LONGEST = 30.0
HEADING = f"{'killed at':<42} {'resumed':>9}  {'state':<12} faults"


def main(quick: bool) -> int:
    """Print the table; returns 1 when one line of it has a fault."""
    operator = prepare()
    lease, sweep = (2.0, 0.5) if quick else (15.0, 5.0)
    print(f"{versions()}; lease {lease} s, sweep {sweep} s")
    print(HEADING)
    with tempfile.TemporaryDirectory() as folder, plant(Path(folder), lease=lease, sweep=sweep) as works:
        lines = [*forwards(works, operator), *backwards(works, operator)]
    numbers = sorted(Tenant.objects.filter(kind="customer").values_list("instance_number", flat=True))
    gaps = [number for number in range(2, numbers[-1]) if number not in numbers]
    faulty = sum(lines)
    print(
        f"{len(lines)} kills, {faulty} with faults; instance numbers 2 to {numbers[-1]}, not in use: {gaps or 'none'}"
    )
    return 1 if faulty else 0


def forwards(works: Plant, operator: User) -> Iterator[bool]:
    """Kills while a tenant is made."""
    for place in [*step_names(), "end"]:
        for phase in PHASES:
            point = f"provision.{place}.{phase}"
            if point in ("provision.end.after_intent",):
                continue
            word = f"{place}{phase}".replace("_", "")[:30]
            yield killed_once(works, point, lambda word=word: order(operator, word, timezone.now()))


def killed_once(works: Plant, point: str, begin: Callable[[], SubscriptionRequest]) -> bool:
    """One line of the table; True when it has a fault."""
    worker = works.worker(kill_at=f"killall:{point}")
    request = begin()
    eventually(lambda: not worker.is_alive(), within=60, what=f"killed at {point}")
    began = time.monotonic()
    second = works.worker()
    eventually(lambda: state_of(request) in (RequestState.COMPLETED, RequestState.FAILED), within=90, what="an end")
    eventually(lambda: job_of(request).has_ended, within=30, what="the end of the job")
    return report(point, time.monotonic() - began, state_of(request), list(faults_of_ready(request)), second)


def backwards(works: Plant, operator: User) -> Iterator[bool]:
    """A step fails for good; kills while what was made is taken back."""
    done = step_names()[: step_names().index("customer")]
    for place in [*reversed(done), "end"]:
        failing = works.worker(application="tests.proofs.failing_worker")
        request = order(operator, f"back{place}", timezone.now())
        eventually(lambda request=request: state_of(request) == RequestState.FAILED, within=60, what="a failure")
        failing.kill()
        # The end was passed once on the way forwards; this is its second time.
        point = "provision.end.after_effect#2" if place == "end" else f"provision.undo-{place}.after_effect"
        worker = works.worker(kill_at=f"killall:{point}")
        recover(request=request, by=User.objects.get(pk=operator.pk), at=timezone.now())
        eventually(lambda worker=worker: not worker.is_alive(), within=60, what=f"killed at {point}")
        second = works.worker()
        began = time.monotonic()
        eventually(lambda r=request: job_of(r).state == JobState.UNDONE, within=90, what="everything taken back")
        yield report(
            f"{point} (undoing)", time.monotonic() - began, state_of(request), list(faults_of_absent(request)), second
        )


def report(point: str, seconds: float, state: str, faults: list[str], worker: object) -> bool:
    """Print one line and stop its worker; True when it has a fault."""
    worker.kill()
    if seconds > LONGEST:
        faults.append(f"took longer than {LONGEST:.0f} s")
    print(f"{point:<42} {seconds:7.1f} s  {state:<12} {', '.join(faults) or 'none'}", flush=True)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main("--quick" in sys.argv))
