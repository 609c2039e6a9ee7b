"""Where a manager interface answers and as whom, and how long anything may take."""

import ssl
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Account:
    """One sign-in. With `tls` the connection is encrypted and the certificate checked as the context says."""

    host: str
    port: int
    user: str
    secret: str = field(repr=False)
    tls: ssl.SSLContext | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Timings:
    """Deadlines in seconds, and how much may pile up. Each deadline is for the whole of what it names."""

    connect: float = 5.0  # TCP, TLS and the greeting
    reply: float = 10.0
    listing: float = 60.0
    booted: float = 60.0
    ping_every: float = 30.0
    ping_within: float = 10.0
    waiting_events: int = 20_000  # not yet taken by the reader of events(); about 2 kB each
    listed: int = 200_000  # events of one listing
