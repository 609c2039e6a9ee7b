"""A worker's process: idle, then the work of one run. Prints how many megabytes its peak was above idle."""

import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from portal.jobs.drain import run_due


def kilobytes(name: str) -> int:
    """A line of this process's status, in kB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1])


if __name__ == "__main__":
    run_due("mail")  # connected, and every module loaded
    idle = kilobytes("VmRSS")
    run_due("bulk")
    print((kilobytes("VmHWM") - idle) / 1024)
