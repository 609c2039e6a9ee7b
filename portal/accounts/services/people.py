"""What administrators do with the people of their own host."""

from allauth.account.models import EmailAddress
from django.db import connection, transaction

from portal.accounts.faces import current_face
from portal.accounts.models import User
from portal.accounts.services.passwords import send_password_link
from portal.accounts.services.roles import demand_grantable
from portal.accounts.services.users import create_user, email_taken_sentence
from portal.core.db.clashes import refusing
from portal.core.errors import Refusals
from portal.permissions import Face


@transaction.atomic
def invite_person(*, display_name: str, email: str, role: str, personnel_id: str = "", by: User) -> User:
    """Create a user and mail a link to choose the password.

    In a tenant the logon is `<personnel id>@<UPN suffix>`; without personnel ID it is the e-mail address. Raises what
    `create_user` raises.
    """
    suffix = connection.tenant.upn_suffix if current_face() is Face.TENANT else ""
    user = create_user(
        username=f"{personnel_id}@{suffix}" if personnel_id and suffix else email,
        email=email,
        display_name=display_name,
        personnel_id=personnel_id,
        role=role,
        by=by,
    )
    return send_password_link(user=user)


@transaction.atomic
def change_user(*, user: User, display_name: str, email: str, by: User) -> User:
    """Correct name and e-mail address. Links sent to the old address stop working.

    Raises NotHeld when the person may do more than `by`, Refusals for an address in use.
    """
    demand_grantable(user.roles.all(), by=by)
    email = email.lower()
    user.display_name, user.email = display_name, email
    with refusing({"user_email_unique": Refusals({"email": email_taken_sentence()})}):
        user.save(update_fields=["display_name", "email"])
    keep_address(user=user)
    return user


def keep_address(*, user: User) -> None:
    """Make allauth's address of `user` the one on the user's row, verified because an administrator vouches for it."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    if user.email:
        EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
