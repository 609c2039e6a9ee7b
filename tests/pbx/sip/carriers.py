"""Carriers: sipp at addresses of their own beside the PBX's, and everything that they were sent."""

import re
import socket
import struct
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from portal.run.asterisk.installed import SipTools
from portal.run.asterisk.ports import free_sip_port
from tests.patience import PATIENCE
from tests.pbx.sipp import SCENARIOS

FIRST, SECOND = "127.0.0.2", "127.0.0.3"
_BETWEEN = re.compile(r"^-{20,}.*$", re.MULTILINE)
_URI = re.compile(r"sip:([^@>;]*)@?")


@dataclass(frozen=True, slots=True)
class Invite:
    """A call as the carrier sees it: who is called, and who is said to call."""

    text: str

    @property
    def number(self) -> str:
        return self._user(self.text.split(" ", 2)[1])

    @property
    def caller(self) -> str:
        return self._user(self.header("From"))

    @property
    def asserted(self) -> str:
        return self._user(self.header("P-Asserted-Identity"))

    def header(self, name: str) -> str:
        """A header as it came; empty where there is none."""
        found = re.search(rf"^{name}: *(.*?)\r?$", self.text, re.MULTILINE | re.IGNORECASE)
        return found[1] if found else ""

    def _user(self, uri: str) -> str:
        found = _URI.search(uri)
        return found[1] if found else ""


class Sipp:
    """One run of a scenario at a carrier's address. Use as a context."""

    def __init__(self, tools: SipTools, scenario: str, host: str, port: int, *more: str, status: str = "") -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="trunkline-carrier-"))
        self.trace = self.folder / "messages"
        plan = self.folder / "scenario.xml"
        plan.write_text((SCENARIOS / f"{scenario}.xml").read_text().replace("@{status}", status))
        command = [*tools.sipp, "-sf", str(plan), "-i", host, "-mi", host, "-p", str(port)]
        command += ["-nostdin", "-trace_msg", "-message_file", str(self.trace), *more]
        self.process = subprocess.Popen(
            command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(3)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def received(self, beginning: str) -> list[str]:
        """Messages that came, and begin like this."""
        if not self.trace.exists():
            return []
        parts = _BETWEEN.split(self.trace.read_text(errors="replace"))
        bodies = (part.partition("received")[2].partition(":")[2].lstrip() for part in parts)
        return [body for body in bodies if body.startswith(beginning)]

    def first(self, beginning: str, within: float = PATIENCE) -> str:
        """The first such message, waited for. Raises AssertionError."""
        deadline = time.monotonic() + within
        while not (found := self.received(beginning)):
            assert time.monotonic() < deadline, f"no {beginning}"
            time.sleep(0.03)
        return found[0]


class Nobody:
    """Holds a trunk's address while no carrier is there, and answers nothing.

    The PBX asks every trunk now and then whether it is there, and gives up after `GIVES_UP` seconds. A carrier that
    comes meanwhile is found by a later question, and then taken for away again when the PBX gives the older one up.
    """

    GIVES_UP = 3.0
    _TIMESTAMPNS = 35  # SO_TIMESTAMPNS, which Python has no name for

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.socket(type=socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, self._TIMESTAMPNS, 1)
        self.socket.bind((host, port))
        self.socket.setblocking(False)
        self._asked: dict[str, float] = {}

    def leave(self) -> None:
        """Make room for a carrier, once no question is waiting for an answer."""
        while (remaining := self._last_asked() + self.GIVES_UP + 0.2 - time.time()) > 0:
            time.sleep(remaining)
        self.socket.close()

    def _last_asked(self) -> float:
        """When the newest question was sent first; it is sent again and again until it is given up."""
        while True:
            try:
                message, extra, *_rest = self.socket.recvmsg(4096, 64)
            except BlockingIOError:
                return max(self._asked.values(), default=0.0)
            seconds, nanoseconds = struct.unpack("qq", extra[0][2][:16])
            call = re.search(rb"^Call-ID: *(\S+)", message, re.MULTILINE | re.IGNORECASE)
            self._asked.setdefault(call[1].decode() if call else "", seconds + nanoseconds / 1e9)


class Carrier(Sipp):
    """Takes calls at a trunk's address, or refuses each with `status`, such as "486 Busy Here"."""

    def __init__(self, tools: SipTools, host: str, port: int, status: str = "") -> None:
        super().__init__(tools, "carrier_refuses" if status else "carrier_takes", host, port, status=status)

    @property
    def invites(self) -> list[Invite]:
        """Calls that came, each once."""
        seen = {re.search(r"^Call-ID: *(.*?)\r?$", text, re.M | re.I)[1]: text for text in self.received("INVITE")}  # type: ignore[index]
        return [Invite(text) for text in seen.values()]

    def invite(self, within: float = PATIENCE) -> Invite:
        """The first call, waited for."""
        return Invite(self.first("INVITE", within))


class Incoming(Sipp):
    """A call that a carrier brings to the PBX, as `caller` (a number, or a whole From) with one more header."""

    def __init__(
        self, tools: SipTools, sip_port: int, dialled: str, caller: str, header: str = "X-Nothing: 1", host: str = FIRST
    ) -> None:
        who = caller if "<" in caller else f"<sip:{caller}@{host}>"
        with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False) as fields:
            fields.write(f"SEQUENTIAL\n{dialled};{who};{header}\n")
        super().__init__(
            tools, "carrier_calls", host, free_sip_port(), "-inf", fields.name, "-m", "1", f"127.0.0.1:{sip_port}"
        )

    def result(self, within: float = PATIENCE) -> int:
        """The final answer to the call."""
        deadline = time.monotonic() + within
        while True:
            codes = [int(text.split(" ", 2)[1]) for text in self.received("SIP/2.0")]
            if final := [code for code in codes if code >= 200]:
                return final[0]
            assert time.monotonic() < deadline, f"no final answer, but {codes}"
            time.sleep(0.03)

    def ended(self) -> None:
        """Wait until the PBX ended it."""
        self.first("BYE")
