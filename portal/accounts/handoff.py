"""Crossing hosts: a signed hand-off, good once and for a minute (TEN-05, POR-03, THR-10).

The host on which somebody is signed in issues a token; the browser posts it to the other host, which redeems it for a
session of half an hour. Token and session are bound to the person, the target and the reason; nothing is shared.
"""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.core import signing
from django.db import connection, transaction
from django.utils.translation import gettext as _

from portal.accounts.events import SupportSessionOpened
from portal.accounts.models import SupportSession, User
from portal.accounts.models.user import UserKind
from portal.accounts.services.support import still_holds, tell_owners
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from portal.core.events import emit

SALT = "portal.accounts.handoff"
GOOD_FOR = timedelta(seconds=60)
SESSION_LASTS = timedelta(minutes=30)


class BadHandoff(DomainError):
    """This token opens nothing: forged, late, used, or meant for another place."""


class NotFromHere(DomainError):
    """Whoever is a guest here goes no further from here."""


@dataclass(frozen=True, slots=True)
class Handoff:
    """What the token says. `origin` is the host that issued it, as browsers write it."""

    kind: str
    reason: str
    origin: str
    target_schema: str
    target_host: str
    actor_schema: str
    actor_id: int
    actor_name: str
    actor_logon: str
    nonce: str
    path: str = "/"


def issue(  # noqa: PLR0913 - what the token is bound to
    *, actor: User, reason: str, target_schema: str, target_host: str, kind: UserKind, origin: str, path: str = "/"
) -> str:
    """A token with which `actor`, signed in to the active schema at `origin`, may enter the target, at its page `path`.

    `kind` is SUPPORT or VISITOR. The caller has checked the permission. Raises NotFromHere for a guest.
    """
    if actor.is_guest:
        raise NotFromHere(_("You are a guest here. Go back to your own host first."))
    handoff = Handoff(
        kind=UserKind(kind).value,
        reason=reason,
        origin=origin,
        target_schema=target_schema,
        target_host=target_host,
        actor_schema=connection.schema_name,
        actor_id=actor.pk,
        actor_name=str(actor),
        actor_logon=actor.username,
        nonce=secrets.token_urlsafe(24),
        path=path,
    )
    return signing.dumps(asdict(handoff), salt=SALT)


@transaction.atomic
def redeem(*, token: str, host: str, origin: str, ip: str | None, at: datetime) -> SupportSession:
    """Open the session that `token` promises in the active schema, served at `host`, asked for by a page of `origin`.

    Raises BadHandoff; of many uses of one token, at the same moment or later, exactly one succeeds.
    """
    handoff = _read(token)
    if (handoff.target_schema, handoff.target_host, handoff.origin) != (connection.schema_name, host, origin):
        raise BadHandoff(_("This hand-off was made for another address."))
    with refusing({"support_session_nonce_unique": BadHandoff(_("This hand-off was used already."))}):
        session = SupportSession.objects.create(
            nonce=handoff.nonce,
            user=_shadow_of(handoff),
            actor_schema=handoff.actor_schema,
            actor_id=handoff.actor_id,
            actor_name=handoff.actor_name,
            actor_logon=handoff.actor_logon,
            reason=handoff.reason,
            ip=ip,
            started_at=at,
            ends_at=at + SESSION_LASTS,
        )
    if not still_holds(session):
        raise BadHandoff(_("You may not enter here any more."))
    emit(
        SupportSessionOpened(
            session_id=str(session.pk),
            actor_name=session.actor_name,
            actor_ref=session.actor_ref,
            reason=session.reason,
            ip=ip,
        )
    )
    if handoff.kind == UserKind.SUPPORT:
        tell_owners(session)
    return session


def path_of(token: str) -> str:
    """Where on the target the bearer of a redeemed token wants to go. Raises BadHandoff."""
    return _read(token).path


def _read(token: str) -> Handoff:
    try:
        handoff = Handoff(**signing.loads(token, salt=SALT, max_age=GOOD_FOR))
    except signing.SignatureExpired as late:
        raise BadHandoff(_("This hand-off is more than a minute old.")) from late
    except (signing.BadSignature, TypeError) as forged:
        raise BadHandoff(_("This hand-off cannot be read.")) from forged
    if handoff.kind not in (UserKind.SUPPORT, UserKind.VISITOR):
        raise BadHandoff(_("This hand-off cannot be read."))
    return handoff


def _shadow_of(handoff: Handoff) -> User:
    """The local user that stands for the person: no password, no e-mail address, no roles."""
    user, made = User.objects.get_or_create(
        username=f"{handoff.kind}:{handoff.actor_schema}:{handoff.actor_id}",
        defaults={"kind": handoff.kind, "display_name": handoff.actor_name, "password": make_password(None)},
    )
    if not made and user.display_name != handoff.actor_name:
        user.display_name = handoff.actor_name
        user.save(update_fields=["display_name"])
    return user
