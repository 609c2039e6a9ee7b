"""A telephone: one baresip process, which a test tells what to do and asks what it met."""

import json
import random
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from portal.run.asterisk.installed import SipTools
from portal.run.processes import free_port
from tests.patience import PATIENCE
from tests.pbx.sip.sound import write_tone

MODULES = ("account", "menu", "g711", "ctrl_tcp")
CONFIG = """\
sip_listen 127.0.0.1:{sip}
net_interface 127.0.0.1
rtp_ports 26000-29999
call_max_calls 6
call_hold_other_calls no
ctrl_tcp_listen 127.0.0.1:{control}
module_path {modules}
"""
ACCOUNT = '<sip:{number}@{domain}>;auth_user={username};auth_pass={password};regint=300;outbound="sip:127.0.0.1:{port}"'

# A baresip that plays and records now and then does not survive the end of a call, so only those do that must.
VOICE = """\
audio_source aufile,{tone}
audio_player aufile,{heard}
module aufile.so
"""

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SignIn:
    """What the portal shows somebody who sets a telephone up."""

    number: str
    domain: str
    username: str
    password: str


def _port_with_the_next() -> int:
    """A free port whose successor is free, too, as baresip takes that for TLS; none that the system gives to others."""
    while True:
        port = random.randrange(12000, 19990, 2)  # noqa: S311 - any will do
        with socket.socket() as one, socket.socket() as two, socket.socket(type=socket.SOCK_DGRAM) as three:
            try:
                one.bind(("127.0.0.1", port))
                two.bind(("127.0.0.1", port + 1))
                three.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port


class Telephone:
    """Use as a context. `hz` is the tone that it speaks in, so that others can tell who they hear; 0: it is silent,
    deaf, and presses no keys."""

    def __init__(self, tools: SipTools, folder: Path, port: int, sign_in: SignIn, hz: int = 0) -> None:
        self.sign_in, self.hz, self.folder = sign_in, hz, folder
        self.number = sign_in.number
        self.heard = folder / "heard.wav"
        self.events: list[Event] = []
        self.calls: set[str] = set()  # calls that have not ended
        self._news = threading.Condition()
        self._answers: dict[str, Event] = {}
        self._tokens = 0
        control = free_port()
        self._write(tools, port, control)
        log = (folder / "log").open("w")
        self._process = subprocess.Popen(
            [*tools.baresip, "-f", str(folder)], cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        log.close()
        self._wire = self._connect(control)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _write(self, tools: SipTools, port: int, control: int) -> None:
        self.folder.mkdir(parents=True)
        self.port = _port_with_the_next()
        facts = {"sip": self.port, "control": control, "modules": tools.baresip_modules}
        config = CONFIG.format(**facts) + "".join(f"module {name}.so\n" for name in MODULES)
        if self.hz:
            config += VOICE.format(tone=write_tone(self.folder / "tone.wav", self.hz), heard=self.heard)
        (self.folder / "config").write_text(config)
        words = {name: getattr(self.sign_in, name) for name in SignIn.__slots__}
        (self.folder / "accounts").write_text(ACCOUNT.format(port=port, **words) + "\n")
        (self.folder / "contacts").write_text("")

    def _connect(self, control: int) -> socket.socket:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return socket.create_connection(("127.0.0.1", control), PATIENCE)
            except OSError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise AssertionError((self.folder / "log").read_text()) from None
                time.sleep(0.02)

    # --- what it is told -----------------------------------------------------------------------------------------
    def tell(self, command: str, params: str = "") -> Event:
        """Do one command of baresip's and return the answer."""
        self._tokens += 1
        token = str(self._tokens)
        text = json.dumps({"command": command, "params": params, "token": token}).encode()
        self._wire.sendall(b"%d:%s," % (len(text), text))
        self._until(lambda: self._answers.get(token), f"an answer to {command}")
        return self._answers.pop(token)

    def dial(self, number: str) -> Self:
        """Call a number as somebody who picks up the receiver; a whole `sip:` address as it is."""
        self.tell("dial", number if number.startswith("sip:") else f"sip:{number}@{self.sign_in.domain}")
        return self

    def answer(self) -> Self:
        """Wait until it rings, and take the call."""
        self.rings()
        self.tell("accept")
        return self.talks()

    def decline(self) -> Self:
        """Say busy to whoever rings."""
        self.rings()
        return self.hang_up()

    def hang_up(self) -> Self:
        """End every call; none is fine, too."""
        self.tell("hangupall")
        return self

    def transfer(self, number: str) -> Self:
        """Send whoever it talks to on to a number, and leave (blind)."""
        self.tell("transfer", f"sip:{number}@{self.sign_in.domain}")
        return self

    def keys(self, digits: str) -> Self:
        """Press keys during a call."""
        for digit in digits:
            self.tell("sndcode", digit)
            time.sleep(0.15)
        return self

    # --- what it met ---------------------------------------------------------------------------------------------
    def rings(self) -> Event:
        """Wait until somebody calls it."""
        return self.met("CALL_INCOMING")

    def talks(self) -> Self:
        """Wait until a call is answered."""
        self.met("CALL_ESTABLISHED")
        return self

    def ends(self) -> str:
        """Wait until a call of it has ended; why, as the other side said it."""
        return str(self.met("CALL_CLOSED").get("param", ""))  # after what is said to the caller

    def hears_why(self) -> Self:
        """Wait until it is told why it is not let through, and hang up in the middle of it."""
        self.met("CALL_PROGRESS")
        assert not self.has_met("CALL_ESTABLISHED")
        return self.hang_up()

    def met(self, kind: str, within: float = PATIENCE) -> Event:
        """The first event of this kind since `forget`. Raises AssertionError."""
        return self._until(lambda: next((one for one in self.events if one["type"] == kind), None), kind, within)

    def has_met(self, kind: str) -> bool:
        """Whether such an event came until now."""
        return any(one["type"] == kind for one in self.events)

    def forget_events(self) -> None:
        """What comes is new; calls go on."""
        with self._news:
            self.events.clear()

    def _until(self, found: Callable[[], Any], what: str, within: float = PATIENCE) -> Any:
        with self._news:
            self._news.wait_for(found, within)
            result = found()
        assert result, f"{self.sign_in.number}: no {what}, but {[one['type'] for one in self.events]}"
        return result

    def _read(self) -> None:
        self._wire.settimeout(None)
        waiting = b""
        while True:
            try:
                received = self._wire.recv(65536)
            except OSError:
                return
            if not received:
                return
            waiting += received
            waiting = self._take(waiting)

    def _take(self, waiting: bytes) -> bytes:
        while b":" in waiting:
            length, _, rest = waiting.partition(b":")
            size = int(length)
            if len(rest) <= size:
                break
            message, waiting = json.loads(rest[:size]), rest[size + 1 :]
            with self._news:
                if message.get("event"):
                    self._heard(message)
                else:
                    self._answers[message.get("token", "")] = message
                self._news.notify_all()
        return waiting

    def _heard(self, event: Event) -> None:
        self.events.append(event)
        if event["class"] == "call":
            (self.calls.discard if event["type"] == "CALL_CLOSED" else self.calls.add)(event.get("id", ""))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self._wire.close()
        self._process.terminate()
        try:
            self._process.wait(3)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
