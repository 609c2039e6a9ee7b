"""Files of these tests lie in a folder of their own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    storages["default"].__dict__.pop("relative_media_root", None)  # kept by the library, whatever the setting says
    yield
    storages["default"].__dict__.pop("relative_media_root", None)
