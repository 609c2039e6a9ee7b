import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.run.folder import DataFolder
from portal.run.processes import end_left_behind


@pytest.fixture(autouse=True)
def no_servers_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests start their own servers; the run's own ones must not stand in for them."""
    own = ("DATABASE_URL", "REDIS_URL", "PORTAL_SECRET_KEY", "PORTAL_DATA", "PORTAL_PORT", "PORTAL_PBX_HOST")
    for name in own:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder() -> Iterator[DataFolder]:
    """A prepared data folder that the database's user can reach too, unlike pytest's own temporary folders."""
    path = Path(tempfile.mkdtemp(prefix="trunkline-test-"))
    path.chmod(0o755)
    data = DataFolder(path)
    data.prepare()
    yield data
    end_left_behind(data)
    shutil.rmtree(path)
