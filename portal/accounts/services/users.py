"""Creating users and taking away or giving back their sign-in."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.faces import current_face
from portal.accounts.models import Role, User
from portal.accounts.models.user import UserKind
from portal.accounts.services.roles import OWNER_ROLE, demand_grantable, demand_no_owner, demand_owner_remains
from portal.accounts.services.sessions import end_sessions
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError, Refusals
from portal.permissions import LOWEST_ROLE


class OwnSignIn(DomainError):
    """Nobody locks themselves out."""


@transaction.atomic
def create_user(  # noqa: PLR0913 - a person has this many facts
    *,
    username: str,
    email: str,
    display_name: str,
    role: str | None = None,
    password_hash: str | None = None,
    personnel_id: str = "",
    kind: UserKind = UserKind.PERSON,
    by: User | None = None,
) -> User:
    """Create a sign-in in the active schema and return it.

    `role` is a code; None means the lowest role of this face (ROL-03). Without `password_hash` (made by
    `make_password`) the person sets a password through a link. `by` None means the platform itself. Raises Refusals
    for a logon or e-mail address in use, NotHeld when `by` lacks a permission of the role (ROL-09), and OneOwner.
    """
    granted = Role.objects.get(code=role or LOWEST_ROLE[current_face()])
    if by is not None:
        demand_grantable([granted], by=by)
    if granted.code == OWNER_ROLE[current_face()].value:
        demand_no_owner()
    demand_free(username=username, email=email)
    with refusing(_clashes()):
        user = User.objects.create(
            username=username,
            email=email.lower(),
            display_name=display_name,
            personnel_id=personnel_id,
            kind=kind,
            password=password_hash or make_password(None),
        )
    if email:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    user.roles.add(granted)
    return user


def demand_free(*, username: str, email: str) -> None:
    """Raise Refusals for a logon or e-mail address that this schema already has, in any letter case."""
    found = {}
    if User.objects.filter(username__iexact=username).exists():
        found["username"] = _taken_sentence()
    if email and User.objects.filter(email__iexact=email).exists():
        found["email"] = email_taken_sentence()
    if found:
        raise Refusals(found)


@transaction.atomic
def deactivate_user(*, user: User, by: User | None = None) -> User:
    """Lock the sign-in and end its sessions. Raises OwnSignIn, NotHeld (more rights than `by`) and LastOwner."""
    if by is not None:
        if by.pk == user.pk:
            raise OwnSignIn(_("You cannot lock your own sign-in."))
        demand_grantable(user.roles.all(), by=by)
    demand_owner_remains(user=user, keeps=False)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user=user)
    return user


@transaction.atomic
def reactivate_user(*, user: User, by: User | None = None) -> User:
    """Let the person sign in again. Raises NotHeld when they would have more rights than `by`."""
    if by is not None:
        demand_grantable(user.roles.all(), by=by)
    user.is_active = True
    user.save(update_fields=["is_active"])
    return user


def _taken_sentence() -> str:
    return _("This logon is taken.")


def _clashes() -> dict[str, DomainError]:
    return {
        "user_username_unique": Refusals({"username": _taken_sentence()}),
        "user_email_unique": Refusals({"email": email_taken_sentence()}),
    }


def email_taken_sentence() -> str:
    """What is said beside an e-mail address that somebody else of this schema has."""
    return _("Somebody here already uses this e-mail address.")
