"""Sign-ins and downloads, as the libraries and the kernel tell them (AUD-10).

The libraries speak by signals; their receivers here only write the log and hold no rule.
"""

from typing import Any

from allauth.account import signals as account
from axes.signals import user_locked_out
from django.contrib.auth import signals as auth
from django.http import HttpRequest
from django.utils.translation import gettext_noop

from portal.accounts.events import (
    RoleDeleted,
    RoleViewEnded,
    RoleViewStarted,
    SupportSessionEnded,
    SupportSessionOpened,
)
from portal.audit.models import Verb
from portal.audit.services import record
from portal.core.client_ip import client_ip
from portal.core.events import on
from portal.core.exports import Exported

SIGN_IN = gettext_noop("Sign-in")
EXPORT = gettext_noop("Export")
SUPPORT_SESSION = gettext_noop("Support session")
ROLE = gettext_noop("Role")
ROLE_VIEW = gettext_noop("View as role")


def signed_in(*, request: HttpRequest, user: Any, **_: Any) -> None:
    record(verb=Verb.POST, table=SIGN_IN, message=gettext_noop("Signed in"), obj=user, **_person(request, user))


def signed_out(*, request: HttpRequest, user: Any, **_: Any) -> None:
    if user is not None:
        record(verb=Verb.DELETE, table=SIGN_IN, message=gettext_noop("Signed out"), obj=user, **_person(request, user))


def sign_in_failed(*, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    _refused(gettext_noop("Sign-in failed"), credentials.get("username") or credentials.get("email"), request)


def locked_out(*, request: HttpRequest, username: str | None = None, **_: Any) -> None:
    _refused(gettext_noop("Locked after wrong passwords"), username, request)


def password_changed(*, request: HttpRequest, user: Any, **_: Any) -> None:
    record(verb=Verb.PUT, table=SIGN_IN, message=gettext_noop("Password changed"), obj=user, **_person(request, user))


def password_reset(*, request: HttpRequest, user: Any, **_: Any) -> None:
    record(verb=Verb.PUT, table=SIGN_IN, message=gettext_noop("Password reset"), obj=user, **_person(request, user))


@on(Exported)
def exported(event: Exported) -> None:
    record(
        verb=Verb.GET,
        table=EXPORT,
        message=gettext_noop("Downloaded"),
        data={"file": event.file, "page": event.page, "filters": event.query},
    )


@on(SupportSessionOpened)
def session_opened(event: SupportSessionOpened) -> None:
    record(
        verb=Verb.POST,
        table=SUPPORT_SESSION,
        message=gettext_noop("Opened"),
        data={"session": event.session_id, "reason": event.reason},
        user_name=event.actor_name[:150],
        acting_name=event.actor_name[:150],
        acting_ref=event.actor_ref,
        remote_addr=event.ip,
    )


@on(SupportSessionEnded)
def session_ended(event: SupportSessionEnded) -> None:
    record(
        verb=Verb.DELETE,
        table=SUPPORT_SESSION,
        message=gettext_noop("Ended"),
        data={"session": event.session_id, "ended by": event.ended_by},
        user_name=event.ended_by[:150],
        acting_name=event.actor_name[:150],
        acting_ref=event.actor_ref,
    )


@on(RoleDeleted)
def role_deleted(event: RoleDeleted) -> None:
    record(verb=Verb.DELETE, table=ROLE, message=gettext_noop("Deleted"), data={"name": event.name})


@on(RoleViewStarted)
def role_view_started(event: RoleViewStarted) -> None:
    record(verb=Verb.POST, table=ROLE_VIEW, message=gettext_noop("Opened"), data={"role": event.role})


@on(RoleViewEnded)
def role_view_ended(event: RoleViewEnded) -> None:
    record(verb=Verb.DELETE, table=ROLE_VIEW, message=gettext_noop("Ended"), data={"role": event.role})


def _refused(message: str, typed: Any, request: HttpRequest | None) -> None:
    # The typed name is kept as data: it is a claim, not a user.
    columns = {"remote_addr": client_ip(request)} if request is not None else {}
    record(verb=Verb.POST, table=SIGN_IN, message=message, data={"logon": str(typed or "")[:150]}, **columns)


def _person(request: HttpRequest | None, user: Any) -> dict[str, Any]:
    """The request's own user is not set yet, or no longer, while somebody signs in or out."""
    columns: dict[str, Any] = {"user_name": str(user)[:150], "actor_id": user.pk}
    return columns | ({"remote_addr": client_ip(request)} if request is not None else {})


auth.user_logged_in.connect(signed_in, dispatch_uid="audit signed in")
auth.user_logged_out.connect(signed_out, dispatch_uid="audit signed out")
auth.user_login_failed.connect(sign_in_failed, dispatch_uid="audit sign-in failed")
user_locked_out.connect(locked_out, dispatch_uid="audit locked out")
account.password_changed.connect(password_changed, dispatch_uid="audit password changed")
account.password_set.connect(password_changed, dispatch_uid="audit password set")
account.password_reset.connect(password_reset, dispatch_uid="audit password reset")
