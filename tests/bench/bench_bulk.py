"""`bin/bench bulk [rounds] [rows]`: 15,000 people in one bulk assignment, beside plain SQL and django-import-export.

Goals: from “Assign” to completed at most 2 times the script, 3 times with the upload; bad rows are fully told in 1.5
times and 40 queries; 25 times faster than the library, which does less; at most 60 MB over idle in the worker.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from extensions.models import Extension
from licensing.bulk.drafts import create_template
from licensing.bulk.error_file import heading_and_rows
from licensing.bulk.start import start_run
from licensing.bulk.users import add_file
from licensing.invariants import broken_counts
from licensing.models import AssignmentRow, AssignmentTemplate, BulkMode
from portal.accounts.models import User
from portal.jobs.drain import run_due
from tenants.door import inside
from tests.bench.bulk_library import run_library
from tests.bench.bulk_script import run_script
from tests.bench.bulk_world import bad_file_of, company, empty, file_of, prepare
from tests.bench.measure import versions

SCRIPT, UPLOAD, RUN, BAD, LIBRARY = (
    "SQL script",
    "upload and check",
    "Assign to completed",
    "bad rows told",
    "import-export",
)
GOALS = {"run": 2.0, "whole": 3.0, "bad": 1.5, "queries": 40, "library": -25.0, "megabytes": 60}
# What is compared with the script: words, and the ways that count together.
RATIOS = {
    "run": ("Assign to completed / script", RUN),
    "whole": ("with the upload / script", UPLOAD, RUN),
    "bad": ("bad rows told / script", BAD),
}


def processor() -> float:
    """Seconds of the processor that this process and its database connection have used: the same on a busy machine."""
    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    server = stat.read_text().rsplit(")", 1)[1].split() if stat.exists() else ["0"] * 13
    return time.process_time() + (int(server[11]) + int(server[12])) / os.sysconf("SC_CLK_TCK")


class Bench:
    """One company and its file, and what each way takes."""

    def __init__(self, rows: int) -> None:
        self.rows, self.text, self.bad = rows, file_of(rows), bad_file_of(rows)
        self.tenant = company(700_000 + int(time.time()) % 90_000, people=2 * rows, numbers=rows)
        self.seconds: dict[str, list[float]] = {}  # by the clock
        self.work: dict[str, list[float]] = {}  # of the processor, here and in the database's process
        self.queries = 0

    def time(self, name: str, way: Callable[[], object]) -> None:
        began, worked = time.perf_counter(), processor()
        way()
        self.seconds.setdefault(name, []).append(time.perf_counter() - began)
        self.work.setdefault(name, []).append(processor() - worked)
        print(f"    {name:<22} {self.seconds[name][-1]:7.2f} s, processor {self.work[name][-1]:6.2f} s", flush=True)

    def draft(self) -> AssignmentTemplate:
        boss = User.objects.get(display_name="Boss")
        return create_template(name="Everybody", addons=["team_chat"], by=boss, at=timezone.now())

    def upload(self, content: bytes) -> AssignmentTemplate:
        boss = User.objects.get(display_name="Boss")
        return add_file(template=self.draft(), name="people.csv", content=content, by=boss, at=timezone.now())[0]

    def start(self, template: AssignmentTemplate) -> None:
        with inside(self.tenant):
            boss = User.objects.get(display_name="Boss")
            start_run(template=template, mode=BulkMode.SKIP, by=boss, at=timezone.now())

    def run(self, template: AssignmentTemplate) -> None:
        self.start(template)
        connection.set_schema_to_public()
        run_due("bulk")

    def tell(self) -> None:
        """Every bad row with its sentence, as the file that people download."""
        with inside(self.tenant), CaptureQueriesContext(connection) as asked:
            template = self.upload(self.bad)
            lines = sum(1 for line in heading_and_rows(template)[1] if line[-1])
        if (lines, template.wrong) != (self.rows, self.rows):
            raise AssertionError(f"{lines} of {self.rows} bad rows were told")
        self.queries = len(asked)

    def demand(self) -> None:
        with inside(self.tenant):
            states = AssignmentRow.objects.filter(state="assigned").count()
            if (Extension.objects.count(), states) != (self.rows, self.rows) or broken_counts():
                raise AssertionError(f"{Extension.objects.count()} extensions, {states} rows, {broken_counts()}")

    def round(self) -> None:
        with inside(self.tenant):
            self.time(SCRIPT, lambda: run_script(self.text, self.rows))
        self.demand()
        empty(self.tenant)
        held: list[AssignmentTemplate] = []
        with inside(self.tenant):
            self.time(UPLOAD, lambda: held.append(self.upload(self.text)))
        self.time(RUN, lambda: self.run(held[0]))
        self.demand()
        empty(self.tenant)
        self.time(BAD, self.tell)
        empty(self.tenant)

    def library(self) -> None:
        with inside(self.tenant, owner=True):  # in the end it sets sequences, which a tenant may not
            self.time(LIBRARY, lambda: run_library(self.text))
            if Extension.objects.count() != self.rows:
                raise AssertionError("the library left rows out")
        empty(self.tenant)


def megabytes(bench: Bench) -> float:
    """How much more than idle a process takes at its highest that does the work of one run."""
    with inside(bench.tenant):
        template = bench.upload(bench.text)
    bench.start(template)
    worker = subprocess.run(
        [sys.executable, "-m", "tests.bench.bulk_worker"], capture_output=True, text=True, check=True, env=os.environ
    )
    bench.demand()
    empty(bench.tenant)
    return float(worker.stdout.split()[-1])


def main(rounds: int, rows: int) -> bool:
    """Print the table; True where every goal is met."""
    prepare()
    print(f"{versions()}; {rows} rows, {rounds} rounds")
    bench = Bench(rows)
    for turn in range(rounds + 1):
        print(f"  round {turn}{' (not counted)' if not turn else ''}")
        bench.round()
    for taken in (*bench.seconds.values(), *bench.work.values()):
        del taken[0]
    memory = megabytes(bench)
    bench.library()
    return report(bench, memory)


def report(bench: Bench, memory: float) -> bool:
    """Print the medians and the ratios, by the clock and by the processor; goals are held to both."""
    for name, taken in bench.seconds.items():
        work = statistics.median(bench.work[name])
        print(f"  {name:<22} median {statistics.median(taken):7.2f} s, processor {work:6.2f} s")
    met = True
    for key, (words, *names) in RATIOS.items():
        clock, work = (_to_floor(taken, *names) for taken in (bench.seconds, bench.work))
        met = _told(words, key, max(clock, work), f"{clock:7.2f} clock {work:7.2f} processor") and met
    library = min(taken[LIBRARY][0] / statistics.median(taken[RUN]) for taken in (bench.seconds, bench.work))
    met = _told("import-export / Assign to completed", "library", -library, f"{library:7.2f}") and met
    met = _told("queries for the bad rows", "queries", bench.queries, f"{bench.queries:4}") and met
    return _told("MB over idle in the worker", "megabytes", memory, f"{memory:7.2f}") and met


def _to_floor(taken: dict[str, list[float]], *names: str) -> float:
    floor = taken[SCRIPT]
    return statistics.median(sum(taken[name][turn] for name in names) / floor[turn] for turn in range(len(floor)))


def _told(words: str, key: str, value: float, shown: str) -> bool:
    good = value <= GOALS[key]
    print(f"  {words:<38} {shown}  (goal {abs(GOALS[key])}){'' if good else '  MISSED'}")
    return good


if __name__ == "__main__":
    arguments = [int(one) for one in sys.argv[1:]]
    sys.exit(0 if main(*(arguments + [5, 15_000][len(arguments) :])) else 1)
