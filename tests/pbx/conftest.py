"""A real Asterisk of the tests' own, on free ports of the loopback address."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal.run.asterisk.installed import SipTools
from portal.run.asterisk.installed import sip_tools as fetched_sip_tools
from portal.run.asterisk.ports import free_sip_port
from portal.run.asterisk.server import Asterisk
from portal.run.folder import DataFolder
from portal.run.processes import end_left_behind, free_port
from portal.run.servers import running

RTP_EACH = 400


@dataclass(frozen=True)
class RunningAsterisk:
    """`server` tells ports, secret and folders; `pid` is the process."""

    server: Asterisk
    pid: int


@pytest.fixture(scope="session")
def pbx_folder() -> Iterator[DataFolder]:
    """The data folder of this test process's Asterisk."""
    data = DataFolder(Path(tempfile.mkdtemp(prefix="trunkline-pbx-")))
    data.prepare()
    yield data
    end_left_behind(data)
    shutil.rmtree(data.path)


@pytest.fixture(scope="session")
def asterisk(pbx_folder: DataFolder, worker_id: str) -> Iterator[RunningAsterisk]:
    """One Asterisk for all tests of this process, ready when it says that everything is loaded. It has no tenants: a
    test renders those it needs below `server.etc`, under a slug of its own, and takes them away again."""
    first = 20000 + RTP_EACH * int(worker_id.removeprefix("gw") if worker_id.startswith("gw") else 0)
    rtp = (first, first + RTP_EACH - 1)
    server = Asterisk(pbx_folder, sip_port=free_sip_port(), ami_port=free_port(), rtp=rtp)
    with running(server) as process:
        yield RunningAsterisk(server, process.pid)


@pytest.fixture(scope="session")
def sip_tools() -> SipTools:
    """Programs that behave as telephones: `sipp` scenarios and `baresip`."""
    return fetched_sip_tools()
