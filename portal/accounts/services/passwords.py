"""Setting passwords, and the links that let people set their own."""

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.faces import current_face
from portal.accounts.models import PasswordHistory, User
from portal.accounts.models.user import UserKind
from portal.accounts.passwords import REMEMBERED
from portal.accounts.services.roles import demand_grantable
from portal.accounts.services.sessions import end_sessions
from portal.accounts.tokens import FirstPasswordTokens
from portal.core.addresses import origin_of
from portal.core.errors import DomainError
from portal.core.mail import send_template
from portal.permissions import Face


class NoLink(DomainError):
    """A link cannot be sent to this user."""


@transaction.atomic
def change_password(*, user: User, password: str, keep: str | None = None) -> User:
    """Set the password, remember the old one, and end every session apart from the one with the key `keep`.

    The caller has checked `password` against the policy and who asks.
    """
    if user.password and user.has_usable_password():
        PasswordHistory.objects.create(user=user, password=user.password)
        kept = user.password_history.order_by("-pk").values_list("pk", flat=True)[: REMEMBERED - 1]
        user.password_history.exclude(pk__in=list(kept)).delete()
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user=user, keep=keep)
    return user


@transaction.atomic
def send_password_link(*, user: User, by: User | None = None) -> User:
    """Mail a link, good for 24 hours and one use, with which `user` chooses a password.

    Raises NoLink for somebody locked, without e-mail address or from another host; NotHeld when `by` holds less than
    they do.
    """
    if by is not None:
        demand_grantable(user.roles.all(), by=by)
    if not user.email:
        raise NoLink(_("There is no e-mail address to send the link to."), field="email")
    if not user.is_active or user.kind not in (UserKind.PERSON, UserKind.CONTACT):
        raise NoLink(_("This sign-in is locked."))
    context = {
        "name": user.display_name,
        "logon": user.username,
        "host": own_host(),
        "url": password_link(user=user),
        "hours": int(FirstPasswordTokens.lasts.total_seconds() // 3600),
    }
    send_template("password_link", to=[user.email], context=context, language=user.language)
    return user


def password_link(*, user: User) -> str:
    """The address at which `user` chooses a password; whoever has it can, so it goes to nobody else."""
    key = FirstPasswordTokens().make_token(user)
    urls = settings.PUBLIC_SCHEMA_URLCONF if current_face() is Face.MANAGEMENT else settings.ROOT_URLCONF
    kwargs = {"uidb36": user_pk_to_url_str(user), "key": key}
    return origin_of(own_host()) + reverse("account_reset_password_from_key", urlconf=urls, kwargs=kwargs)


def own_host() -> str:
    """The host name on which people of the active schema sign in."""
    if current_face() is Face.MANAGEMENT:
        return settings.PORTAL_MANAGEMENT_FQDN
    return connection.tenant.get_primary_domain().domain
