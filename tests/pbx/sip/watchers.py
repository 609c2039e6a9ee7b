"""A telephone's lamps: a small SIP client that subscribes to states, as desk phones do, and keeps what it is told."""

import hashlib
import re
import secrets
import socket
import threading
from collections.abc import Callable
from typing import Self

from tests.patience import PATIENCE
from tests.pbx.sip.telephones import SignIn

_CHALLENGE = re.compile(r'(\w+)="?([^",]+)"?')
AGAIN_AFTER = 2.0  # seconds; SIP sends anew what stays unanswered
DIALOG = ("dialog", "application/dialog-info+xml")


class Refused(Exception):
    """The PBX does not let it watch or register; `code` is what it answered."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class Watcher:
    """Signed in as one extension. Use as a context; `lamp` and `waiting` are what it was told last."""

    def __init__(self, port: int, sign_in: SignIn) -> None:
        self.server, self.sign_in = ("127.0.0.1", port), sign_in
        self.states: dict[str, list[str]] = {}
        self.summaries: list[str] = []
        self.invites: list[str] = []
        self.looks = 0  # how often the PBX asked whether it is there
        self._answers: dict[tuple[str, str], tuple[int, str]] = {}
        self._watched: dict[str, str] = {}  # call id: number
        self._news = threading.Condition()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._open, self._registered = True, False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        if self._registered:
            self._ask("REGISTER", f"sip:{self.sign_in.domain}", secrets.token_hex(8), "Expires: 0\r\n")
        self._open = False
        self._socket.sendto(b"", self._socket.getsockname())  # closing alone wakes nobody who reads
        self._reader.join(2)
        self._socket.close()

    # --- what it asks for ----------------------------------------------------------------------------------------
    def watch(self, number: str, domain: str = "") -> Self:
        """Subscribe to the lamp of a number. Raises Refused."""
        call = secrets.token_hex(8)
        self._watched[call] = number
        self._ask("SUBSCRIBE", f"sip:{number}@{domain or self.sign_in.domain}", call,
                  f"Event: {DIALOG[0]}\r\nAccept: {DIALOG[1]}\r\nExpires: 600\r\n")  # fmt: skip
        self.lamp(number)
        return self

    def register(self) -> Self:
        """Register beside the extension's other telephones. Raises Refused."""
        self._ask("REGISTER", f"sip:{self.sign_in.domain}", secrets.token_hex(8), "Expires: 600\r\n")
        self._registered = True
        return self

    def lamp(self, number: str) -> str:
        """What the lamp of a watched number shows: terminated, early or confirmed."""
        self._until(lambda: self.states.get(number), f"state of {number}")
        return self.states[number][-1]

    def shows(self, number: str, state: str) -> Self:
        """Wait until the lamp shows this."""
        self._until(lambda: self.states.get(number, [""])[-1] == state, f"{number} {state}: {self.states}")
        return self

    def message_waits(self, waits: bool) -> Self:
        """Wait until it is told that messages wait, or that none does."""
        word = f"messages-waiting: {'yes' if waits else 'no'}"
        self._until(lambda: self.summaries and word in self.summaries[-1].lower(), f"{word}: {self.summaries}")
        return self

    def looked_after(self, times: int) -> Self:
        """Wait until the PBX asked so often whether it is there."""
        self._until(lambda: self.looks >= times, f"{times} looks: {self.looks}")
        return self

    def invited(self) -> str:
        """The call that came, as it came; it is told that this telephone is busy."""
        self._until(lambda: self.invites, "call")
        return self.invites[0]

    def _until(self, found: Callable[[], object], what: str) -> None:
        with self._news:
            assert self._news.wait_for(found, PATIENCE), f"no {what}"

    # --- the protocol --------------------------------------------------------------------------------------------
    def _ask(self, method: str, uri: str, call: str, more: str) -> None:
        code, answer = self._send(method, uri, call, 1, more)
        if code == 401:
            code, answer = self._send(method, uri, call, 2, more + self._authorization(method, uri, answer))
        if code not in (200, 202):
            raise Refused(code)

    def _send(self, method: str, uri: str, call: str, turn: int, more: str) -> tuple[int, str]:
        own = f"sip:{self.sign_in.number}@{self.sign_in.domain}"
        to = own if method == "REGISTER" else uri
        text = (
            f"{method} {uri} SIP/2.0\r\nVia: SIP/2.0/UDP {self.address};branch=z9hG4bK{secrets.token_hex(8)};rport\r\n"
            f"Max-Forwards: 70\r\nFrom: <{own}>;tag={call[:8]}\r\nTo: <{to}>\r\nCall-ID: {call}\r\n"
            f"CSeq: {turn} {method}\r\nContact: <sip:{self.sign_in.number}@{self.address}>\r\n{more}"
            "Content-Length: 0\r\n\r\n"
        )
        for _attempt in range(round(PATIENCE / AGAIN_AFTER)):
            self._socket.sendto(text.encode(), self.server)
            with self._news:
                if self._news.wait_for(lambda: (call, f"{turn} {method}") in self._answers, AGAIN_AFTER):
                    return self._answers[call, f"{turn} {method}"]
        raise AssertionError(f"no answer to {method}")

    def _authorization(self, method: str, uri: str, answer: str) -> str:
        asked = dict(_CHALLENGE.findall(_header(answer, "WWW-Authenticate").partition(" ")[2]))
        name, realm = self.sign_in.username, asked["realm"]
        own, what = _md5(f"{name}:{realm}:{self.sign_in.password}"), _md5(f"{method}:{uri}")
        nonce, turn, salt = asked["nonce"], "00000001", secrets.token_hex(4)
        response = _md5(f"{own}:{nonce}:{turn}:{salt}:auth:{what}")
        return (
            f'Authorization: Digest username="{name}",realm="{realm}",nonce="{nonce}",uri="{uri}",response="{response}"'
            f',algorithm=MD5,qop=auth,nc={turn},cnonce="{salt}"'
            + (f',opaque="{asked["opaque"]}"' if "opaque" in asked else "")
            + "\r\n"
        )

    def _read(self) -> None:
        while self._open:
            try:
                data, sender = self._socket.recvfrom(65536)
                self._take(data.decode(errors="replace"), sender)
            except OSError:  # closed
                return

    def _take(self, text: str, sender: tuple[str, int]) -> None:
        if not text.strip():
            return
        if not text.startswith("SIP/2.0"):
            answer = "486 Busy Here" if text.startswith("INVITE") else "200 OK"
            self._socket.sendto(_answer(text, answer).encode(), sender)
            if text.startswith("NOTIFY"):
                self._keep(lambda: self._notified(text))
            elif text.startswith("INVITE"):
                self._keep(lambda: self.invites.append(text))
            elif text.startswith("OPTIONS"):
                self._keep(self._looked_after)
        elif (code := int(text.split(" ", 2)[1])) >= 200:
            self._keep(lambda: self._answered(code, text))

    def _looked_after(self) -> None:
        self.looks += 1

    def _keep(self, what: Callable[[], None]) -> None:
        with self._news:
            what()
            self._news.notify_all()

    def _answered(self, code: int, text: str) -> None:
        self._answers[_header(text, "Call-ID"), _header(text, "CSeq")] = code, text

    def _notified(self, text: str) -> None:
        body = text.partition("\r\n\r\n")[2]
        if _header(text, "Event").startswith("message-summary"):
            self.summaries.append(body)
        elif (number := self._watched.get(_header(text, "Call-ID"))) and (state := re.search(r"<state>(\w+)", body)):
            self.states.setdefault(number, []).append(state[1])


def _answer(request: str, answer: str) -> str:
    kept = "".join(f"{name}: {_header(request, name)}\r\n" for name in ("Via", "From", "To", "Call-ID", "CSeq"))
    return f"SIP/2.0 {answer}\r\n{kept}Content-Length: 0\r\n\r\n"


def _header(text: str, name: str) -> str:
    found = re.search(rf"^{name}: *(.*?)\r$", text, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else ""


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


__all__ = ["Refused", "Watcher"]
