"""The id that ties a request to its log lines, audit rows, jobs and mails."""

import logging
import uuid
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("request_id", default="-")


def begin(value: str | None = None) -> str:
    """Start a new id for this request or job and return it."""
    fresh = value or uuid.uuid4().hex[:16]
    _current.set(fresh)
    return fresh


def current() -> str:
    """The id in force, or `-` outside any request or job."""
    return _current.get()


class RequestIdFilter(logging.Filter):
    """Puts the id on every log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current()
        return True
