"""`bin/prove load [calls]`: twenty calls begin every second, up to a hundred at once, for minutes.

Every call must be made, and the portal must hear of its beginning and its end; prints how long it took.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CALLS = 6_000  # five minutes


def main(calls: int) -> int:
    """The exit code of the test."""
    environment = os.environ | {"PORTAL_LOAD": str(calls), "DJANGO_SETTINGS_MODULE": "portal.settings"}
    command = [sys.executable, "-m", "pytest", "tests/pbx/sip/test_load.py", "-q", "-p", "no:timeout"]
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    print(f"{calls} calls: {time.monotonic() - began:.0f} s with the start of everything")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else CALLS))
