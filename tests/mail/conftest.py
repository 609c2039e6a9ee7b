"""A mail server of the test's own, that answers as the test tells it."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest


class ScriptedServer:
    """Speaks just enough SMTP. `answers` maps a command (`RCPT`, `DATA`, …) to the line it is answered with.

    `END` is the answer after the message itself; `HANG` as an answer: nothing is ever said.
    """

    HANG = "hang"

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.messages: list[str] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(asyncio.start_server(self._talk, sock=self.listener))
        self.loop.run_forever()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._say(writer, "", "220 ready")
        while line := (await reader.readline()).decode().strip():
            word = line.split(":")[0].split()[0].upper()
            usual = {"EHLO": "250 hello", "DATA": "354 go on", "QUIT": "221 bye"}.get(word, "250 fine")
            if not await self._say(writer, word, usual):
                return
            if word == "QUIT":
                break
            if word == "DATA" and "DATA" not in self.answers:
                text = (await reader.readuntil(b"\r\n.\r\n")).decode()
                self.messages.append(text)
                if not await self._say(writer, "END", "250 taken"):
                    return
        writer.close()

    async def _say(self, writer: asyncio.StreamWriter, word: str, usual: str) -> bool:
        answer = self.answers.get(word, usual)
        if answer == self.HANG:
            return False
        writer.write(f"{answer}\r\n".encode())
        await writer.drain()
        return True

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(timeout=5)
        self.listener.close()


@pytest.fixture
def mail_server(settings: Any) -> Iterator[ScriptedServer]:
    """The server, with the portal's transport pointed at it."""
    server = ScriptedServer()
    settings.PORTAL_MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 0.5
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _own_backend(settings: Any) -> None:
    """pytest-django puts its own backend in place; these tests are about ours."""
    settings.EMAIL_BACKEND = "portal.jobs.mail.OutboxBackend"
