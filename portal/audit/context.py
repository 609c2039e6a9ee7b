"""Who acts now, from where, and through which door: what every row of the log is filled with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.http import HttpRequest
from django_tenants.utils import get_public_schema_name

from portal.core.client_ip import client_ip

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Acting:
    """`user_schema` is the schema in which `user_id` is a sign-in; elsewhere only the name is recorded."""

    user_name: str = ""
    user_id: int | None = None
    user_schema: str = ""
    acting_name: str = ""
    acting_ref: str = ""
    ip: str | None = None
    source: str = "command"

    def columns(self, schema: str) -> dict[str, Any]:
        """The columns of a row written in `schema`."""
        here = self.user_id is not None and self.user_schema == schema
        foreign = f"{self.user_schema}:{self.user_id}" if self.user_id is not None and not here else ""
        return {
            "actor_id": self.user_id if here else None,
            "user_name": self.user_name[:150],
            "acting_name": self.acting_name[:150],
            "acting_ref": self.acting_ref or foreign,
            "remote_addr": self.ip,
            "source": self.source,
        }


# Nobody said who acts: somebody at the command line of the machine.
NOBODY = Acting(user_name="System")
_who: ContextVar[Callable[[], Acting]] = ContextVar("acting", default=lambda: NOBODY)


def acting_now() -> Acting:
    """Who acts at this moment."""
    return _who.get()()


@contextmanager
def acting_as(
    user: "User | None" = None, *, name: str = "", source: str | None = None, ip: str | None = None
) -> Iterator[None]:
    """Everything changed in this block is recorded as done by `user`, or by something called `name`.

    Without both, whoever acts outside the block stays; `source` and `ip` alone change only these. A user belongs to
    the schema that is active when the block opens.
    """
    outer = acting_now()
    if user is not None:
        outer = Acting(str(user), user.pk, connection.schema_name, ip=outer.ip, source=outer.source)
    elif name:
        outer = Acting(name, source=outer.source)
    inner = replace(outer, source=source or outer.source, ip=ip or outer.ip)
    mark = _who.set(lambda: inner)
    try:
        yield
    finally:
        _who.reset(mark)


@contextmanager
def acting_through(request: HttpRequest) -> Iterator[None]:
    """Everything changed in this block is done by whoever is signed in to `request` at that moment."""
    schema = connection.schema_name or get_public_schema_name()
    mark = _who.set(lambda: _of_request(request, schema))
    try:
        yield
    finally:
        _who.reset(mark)


def _of_request(request: HttpRequest, schema: str) -> Acting:
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    visit = getattr(request, "support_session", None)
    return Acting(
        user_name=str(user) if known else "",
        user_id=user.pk if known else None,
        user_schema=schema,
        acting_name=visit.actor_name if visit else "",
        acting_ref=f"{visit.actor_schema}:{visit.actor_id}" if visit else "",
        ip=client_ip(request),
        source="portal",
    )
