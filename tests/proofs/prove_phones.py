"""`bin/prove phones [rounds]`: every test with real telephones, five times, each time in another order.

Prints for every test how long it took in each round, the slowest first, and the seed of a round that failed. Nothing
may fail: a test that passes now and then proves nothing.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = "tests/pbx/sip"
ROUNDS = 5


def main(rounds: int) -> int:
    """Print the table; returns 1 when one test failed once."""
    times: dict[str, list[float]] = defaultdict(list)
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        run_round("0", Path(folder), only="--collect-only")  # the databases and programs are fetched before the clock
        for turn in range(1, rounds + 1):
            seed, began = f"{int(time.time())}-{turn}", time.monotonic()
            results = run_round(seed, Path(folder))
            for name, seconds, broken in results:
                times[name].append(seconds)
                failed += [f"{name} in round {turn} (PORTAL_SHUFFLE={seed})"] if broken else []
            print(f"round {turn}: {len(results)} tests, {time.monotonic() - began:.0f} s, order {seed}", flush=True)
    for name, taken in sorted(times.items(), key=lambda one: -max(one[1])):
        print(f"{name:<100} {'  '.join(f'{one:5.1f}' for one in taken)}")
    runs = sum(len(taken) for taken in times.values())
    print(f"{len(times)} tests, {runs} runs, {len(failed)} failed")
    print("\n".join(failed))
    return 1 if failed or not runs else 0


def run_round(seed: str, folder: Path, *, only: str = "") -> list[tuple[str, float, bool]]:
    """Run all of them once; name, seconds and whether it failed, for each."""
    report = folder / f"{seed}.xml"
    command = [sys.executable, "-m", "pytest", FOLDER, "-q", "-p", "tests.proofs.shuffled", f"--junitxml={report}"]
    command += ["-o", "junit_duration_report=call"]  # what comes before the first test is the whole folder's
    environment = os.environ | {"PORTAL_SHUFFLE": seed, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    done = subprocess.run([*command, *([only] if only else [])], cwd=ROOT, env=environment, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # fmt: skip
    if done.returncode and not only:
        print(done.stdout[-20_000:])
    cases = [] if only else ElementTree.parse(report).getroot().iter("testcase")  # noqa: S314 - pytest wrote it
    return [
        (
            f"{case.get('classname', '').rpartition('.')[2]}::{case.get('name')}",
            float(case.get("time", 0)),
            case.find("failure") is not None or case.find("error") is not None,
        )
        for case in cases
    ]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
