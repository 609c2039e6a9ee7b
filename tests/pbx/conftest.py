"""A real Asterisk of the tests' own, on free ports of the loopback address."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from extensions.pbx.drivers import driver_of, facts_of
from portal.run.asterisk.installed import SipTools
from portal.run.asterisk.installed import sip_tools as fetched_sip_tools
from portal.run.asterisk.ports import free_sip_port
from portal.run.asterisk.server import Asterisk
from portal.run.folder import DataFolder
from portal.run.processes import end_left_behind, free_port
from portal.run.servers import running
from tenants.models import Pbx

RTP_EACH = 400


@dataclass
class RunningAsterisk:
    """`server` tells ports, secret and folders; `pid` is the process, `beginning` what it logged while it started."""

    server: Asterisk
    pid: int = 0
    beginning: str = ""
    _open: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        """Start it, or start it anew: what a test before broke in it is gone, what was written stays."""
        self._open.close()
        self.pid = self._open.enter_context(running(self.server)).pid
        self.beginning = self.beginning or self.server.log.read_text()

    def stop(self) -> None:
        self._open.close()


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
    one = RunningAsterisk(server)
    one.start()
    yield one
    one.stop()


@pytest.fixture
def lab(asterisk: RunningAsterisk, db: None) -> Iterator[Pbx]:
    """The tests' Asterisk as the PBX of everybody; t2 is taken off it afterwards, with its voicemail."""
    server = asterisk.server
    pbx = Pbx.objects.create(
        name="Lab", host="127.0.0.1", ami_port=server.ami_port, ami_user="portal",
        ami_secret=server.secret_file.read_text().strip(), config_folder=str(server.etc),
        spool_folder=str(server.spool), sip_host="127.0.0.1", sip_port=server.sip_port, is_default=True,
    )  # fmt: skip
    yield pbx
    asyncio.run(driver_of(facts_of(Pbx.objects.get(pk=pbx.pk))).remove("t2"))
    shutil.rmtree(server.spool / "voicemail" / "t2", ignore_errors=True)


@pytest.fixture(scope="session")
def sip_tools() -> SipTools:
    """Programs that behave as telephones: `sipp` scenarios and `baresip`."""
    return fetched_sip_tools()


@pytest.fixture
def pbx(asterisk: RunningAsterisk, db: None) -> Iterator[Pbx]:
    """The tests' Asterisk as the PBX of everybody."""
    server = asterisk.server
    yield Pbx.objects.create(
        name="Lab", host="127.0.0.1", ami_port=server.ami_port, ami_user="portal",
        ami_secret=server.secret_file.read_text().strip(), config_folder=str(server.etc),
        spool_folder=str(server.spool),
        sip_host="127.0.0.1", sip_port=server.sip_port, is_default=True,
    )  # fmt: skip
    driver = driver_of(facts_of(Pbx.objects.get(name="Lab")))
    for slug in ("t2", "t3"):
        asyncio.run(driver.remove(slug))
