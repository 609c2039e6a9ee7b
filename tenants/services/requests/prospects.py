"""A prospect proves an e-mail address before anything else happens (REG-02, REG-28)."""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.models.user import UserKind
from portal.accounts.services import create_user
from portal.core.errors import DomainError
from portal.core.mail import send_template
from portal.permissions import BuiltinRole
from tenants.models import AttemptKind
from tenants.selectors.requests import registration_open
from tenants.services.requests.limits import TooMany, source_of_address, source_of_email, take_turn
from tenants.services.requests.links import management_page

VALID_DAYS = 7
_SALT = "tenants.registration"


class RegistrationClosed(DomainError):
    """The provider does not let prospects register themselves at the moment."""


class LinkUnusable(DomainError):
    """The link is damaged, older than seven days, or was used."""


@transaction.atomic
def ask_for_link(*, email: str, at: datetime, address: str | None) -> None:
    """Mail a link that signs a prospect in; who has another sign-in already is told so by the same mail.

    The caller learns nothing about the address. Raises TooMany (per network address) and RegistrationClosed.
    """
    if not registration_open():
        raise RegistrationClosed(_("Registration is closed at the moment."))
    take_turn(kind=AttemptKind.CONFIRMATION, source=source_of_address(address), at=at)
    try:
        take_turn(kind=AttemptKind.CONFIRMATION, source=source_of_email(email), at=at)
    except TooMany:
        return  # the mailbox has had enough; the answer stays the same for everybody
    person = User.objects.filter(email__iexact=email).first()
    if person is None or _is_prospect(person):
        link = management_page("register:confirm", _sign(email, person))
        send_template("registration_confirm", to=[email], context={"url": link, "days": VALID_DAYS})
    else:
        send_template("registration_known", to=[email], context={"url": management_page("account_login")})


def read_link(token: str) -> str:
    """The e-mail address behind the link; raises LinkUnusable when it cannot be used any more."""
    return _read(token)[0]


@transaction.atomic
def confirm_email(*, token: str) -> User:
    """The prospect whose address the link proves, made now if new. Raises LinkUnusable and RegistrationClosed."""
    email, person = _read(token)
    if not registration_open():
        raise RegistrationClosed(_("Registration is closed at the moment."))
    if person is not None:
        return person
    return create_user(
        username=email.lower(),
        email=email,
        display_name=email[:150],
        role=BuiltinRole.PROSPECT,
        kind=UserKind.PROSPECT,
    )


def _is_prospect(person: User) -> bool:
    return person.kind == UserKind.PROSPECT and person.is_active


def _sign(email: str, person: User | None) -> str:
    return signing.dumps({"email": email, "state": _state(person)}, salt=_SALT)


def _read(token: str) -> tuple[str, User | None]:
    try:
        told = signing.loads(token, salt=_SALT, max_age=timedelta(days=VALID_DAYS))
    except signing.BadSignature as wrong:
        raise LinkUnusable(_("This link is damaged or older than 7 days. Ask for a new one.")) from wrong
    person = User.objects.filter(email__iexact=told["email"]).first()
    if told["state"] != _state(person) or (person is not None and not _is_prospect(person)):
        raise LinkUnusable(_("This link was used. Ask for a new one."))
    return told["email"], person


def _state(person: User | None) -> str:
    """Changes at each sign-in, so that a link opens the door once."""
    return f"{person.pk} {person.last_login}" if person is not None else ""
