"""What every benchmark shares: interleaved rounds, ratios, versions."""

import os
import platform
import statistics
import time
from collections.abc import Callable

import django
from django.db import connection


def interleaved(ways: dict[str, Callable[[], None]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each way, taken A B C A B C …; the first round warms up and is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            if turn:
                seconds[name].append(time.perf_counter() - began)
    return seconds


def ratio(seconds: dict[str, list[float]], name: str, to: str) -> float:
    """Median of the ratios of `name` to `to`, round by round."""
    return statistics.median(a / b for a, b in zip(seconds[name], seconds[to], strict=True))


def versions() -> str:
    """The machine and the versions that a figure belongs to."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0]
    python, framework = platform.python_version(), django.get_version()
    return f"{os.cpu_count()} cores, Python {python}, Django {framework}, PostgreSQL {server}"
