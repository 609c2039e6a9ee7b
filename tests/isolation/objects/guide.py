"""The admin guide has no objects: its pages are the same for everybody."""

from typing import Any


def values() -> dict[tuple[str, str], Any]:
    return {("help:topic", "slug"): "managing-extensions"}
