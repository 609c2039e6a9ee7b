"""A question to an Asterisk over its manager interface, for the launcher; the portal has a client of its own."""

import socket
from types import TracebackType

Message = dict[str, str]
GREETING = b"Asterisk Call Manager/"


class Probe:
    """One signed-in connection. Use it as a context. Raises OSError when nobody answers, PermissionError when the
    secret is refused."""

    def __init__(self, port: int, user: str, secret: str, *, timeout: float = 5.0) -> None:
        self.connection = socket.create_connection(("127.0.0.1", port), timeout)
        self.waiting = b""
        try:
            if not self._until(b"\r\n").startswith(GREETING):
                raise OSError("somebody else answers on this port")
            answer = self.ask("Login", Username=user, Secret=secret)
            if answer.get("Response") != "Success":
                raise PermissionError(answer.get("Message", "refused"))
        except BaseException:
            self.connection.close()
            raise

    def __enter__(self) -> "Probe":
        return self

    def __exit__(self, _kind: type | None, _fault: BaseException | None, _trace: TracebackType | None) -> None:
        self.connection.close()

    def ask(self, action: str, **fields: str) -> Message:
        """Do one action and return its answer. Events before it are dropped."""
        lines = {"Action": action, "ActionID": action, **fields}
        self.connection.sendall("".join(f"{key}: {value}\r\n" for key, value in lines.items()).encode() + b"\r\n")
        while (message := self.read()).get("Response") is None:
            pass
        return message

    def wait_for(self, event: str) -> Message:
        """The next event of this name. Raises TimeoutError when nothing comes for the connection's timeout."""
        while (message := self.read()).get("Event") != event:
            pass
        return message

    def read(self) -> Message:
        """The next message of any kind; a key that repeats, as the output of a command does, is one value of lines."""
        message: Message = {}
        for line in self._until(b"\r\n\r\n").decode(errors="replace").split("\r\n"):
            key, _colon, value = line.partition(":")
            if key:
                message[key] = f"{message[key]}\n{value.strip()}" if key in message else value.strip()
        return message

    def _until(self, end: bytes) -> bytes:
        while end not in self.waiting:
            received = self.connection.recv(65536)
            if not received:
                raise ConnectionResetError("closed by Asterisk")
            self.waiting += received
        message, self.waiting = self.waiting.split(end, 1)
        return message
