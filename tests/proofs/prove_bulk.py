"""`bin/prove bulk [files]`: a run of 15,000 rows whose worker is killed 20 times, 5,000 files, and 200 takers at once.

In the end 15,000 rows of the report are there, each once, pools and log are exact, no file gave an error of the program
or changed what it should not, and of the last fifty licences fifty were given.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from tests.bench.bulk_world import company, prepare  # noqa: E402
from tests.bench.measure import versions  # noqa: E402
from tests.jobs.processes import plant  # noqa: E402
from tests.proofs.bulk_files import upload_files  # noqa: E402
from tests.proofs.bulk_kills import kill_again_and_again  # noqa: E402
from tests.proofs.bulk_takers import take_at_once  # noqa: E402

ROWS, KILLS, FILES = 15_000, 20, 5_000


def main(files: int, rows: int) -> int:
    """Print what was found; returns 1 when something is wrong."""
    prepare()
    call_command("collectstatic", interactive=False, verbosity=0)  # pages name their files by it
    print(f"{versions()}")
    first = 800_000 + int(time.time()) % 90_000
    faults = upload_files(company(first, people=0, numbers=0), files)
    faults += take_at_once(company(first + 90_000, people=0, numbers=0))
    crowd = company(first + 180_000, people=2 * rows, numbers=rows)
    with tempfile.TemporaryDirectory() as folder, plant(Path(folder), lease=2.0, sweep=0.5) as works:
        faults += kill_again_and_again(works, crowd, rows=rows, kills=KILLS)
    for fault in faults[:20]:
        print(f"  {fault}")
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    arguments = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*(arguments + [FILES, ROWS][len(arguments) :])))
