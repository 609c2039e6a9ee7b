"""Opening the public status page: reference and e-mail address together (REG-29)."""

from datetime import datetime, timedelta

from django.core import signing
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.core.errors import DomainError
from tenants.models import AttemptKind, SubscriptionRequest
from tenants.services.requests.limits import TooMany, demand_turn, source_of_address, source_of_email, take_turn
from tenants.services.requests.reference import tidy_reference

_SALT = "tenants.request_status"
_VALID = timedelta(days=1)


class UnknownPair(DomainError):
    """No request has this reference and this e-mail address."""


def open_status(*, reference: str, email: str, at: datetime, address: str | None) -> str:
    """A signed link to the request's status, good for a day.

    Raises UnknownPair, with one sentence for whatever is wrong, and TooMany after too many wrong pairs from one
    network address or for one e-mail address.
    """
    sources = [source_of_address(address), source_of_email(email)]
    _demand_turns(sources, at)
    asked = Q(contact_email__iexact=email) | Q(requester__email__iexact=email)
    found = SubscriptionRequest.objects.filter(asked, reference=tidy_reference(reference)[:16]).first()
    if found is None:
        _count_wrong(sources, at)
        raise UnknownPair(_("There is no request with this reference and this e-mail address. Check both."))
    return signing.dumps(found.pk, salt=_SALT)


def read_status_link(link: str) -> SubscriptionRequest | None:
    """The request behind a signed link; None when it is damaged or older than a day."""
    try:
        pk = signing.loads(link, salt=_SALT, max_age=_VALID)
    except signing.BadSignature:
        return None
    return SubscriptionRequest.objects.filter(pk=pk).first()


def _demand_turns(sources: list[str], at: datetime) -> None:
    for source in sources:
        demand_turn(kind=AttemptKind.WRONG_STATUS, source=source, at=at)


def _count_wrong(sources: list[str], at: datetime) -> None:
    for source in sources:
        try:
            take_turn(kind=AttemptKind.WRONG_STATUS, source=source, at=at)
        except TooMany:
            return  # somebody else used the last turn meanwhile; the answer to this pair is the same
