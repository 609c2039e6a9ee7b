"""Exactly one owner: offering ownership, taking it over, and everything else that can become of an offer (ROL-02)."""

from datetime import datetime

from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import OwnershipTransfer, Role, TransferState, User
from portal.accounts.models.ownership import LASTS
from portal.accounts.models.user import UserKind
from portal.accounts.services.passwords import own_host
from portal.accounts.services.roles import lock_owner_role
from portal.accounts.services.sessions import end_sessions
from portal.core.addresses import origin_of
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from portal.core.mail import send_template
from portal.core.states import Machine
from portal.permissions import BuiltinRole

S = TransferState
TRANSFER_MOVES = Machine(
    "state",
    {
        S.OFFERED: {S.ACCEPTED, S.DECLINED, S.WITHDRAWN, S.EXPIRED},
        S.ACCEPTED: set(),
        S.DECLINED: set(),
        S.WITHDRAWN: set(),
        S.EXPIRED: set(),
    },
)


class NotTheOwner(DomainError):
    """Only the owner can hand over ownership."""


class CannotOwn(DomainError):
    """This person cannot take over ownership."""


class OfferOpen(DomainError):
    """Ownership is offered to somebody already."""


class NoOffer(DomainError):
    """There is no open offer to this person."""


@transaction.atomic
def offer_ownership(*, to: User, by: User, at: datetime) -> OwnershipTransfer:
    """Offer ownership to `to`, mail them the link, and return the offer; it lasts for seven days.

    Raises NotTheOwner, CannotOwn (field `person`) and OfferOpen.
    """
    lock_owner_role()
    _demand_owner(by)
    if to.pk == by.pk or to.kind != UserKind.PERSON or not to.is_active or not to.email:
        raise CannotOwn(_("Choose somebody else who can sign in here and has an e-mail address."), field="person")
    expire_offers(at=at)
    offered = OfferOpen(_("Ownership is offered to somebody already. Withdraw that offer first."))
    with refusing({"ownership_one_open_offer": offered}):
        offer = OwnershipTransfer.objects.create(giver=by, taker=to, offered_at=at, expires_at=at + LASTS)
    context = {
        "name": to.display_name,
        "tenant": connection.tenant.name,
        "giver": by.display_name,
        "url": origin_of(own_host()) + reverse("accounts:owner_accept"),
        "days": LASTS.days,
    }
    send_template("ownership_offered", to=[to.email], context=context, language=to.language)
    return offer


@transaction.atomic
def accept_ownership(*, by: User, at: datetime) -> OwnershipTransfer:
    """Make `by` the owner; the former one becomes an administrator, and signs in again. Raises NoOffer."""
    owner = lock_owner_role()
    offer = _open_offer(by, at)
    giver = offer.giver
    if not giver.roles.filter(pk=owner.pk).exists():
        raise NoOffer(_("The offer no longer holds: it came from somebody who is not the owner."))
    TRANSFER_MOVES.move(offer, S.ACCEPTED, answered_at=at)
    giver.roles.add(Role.objects.get(code=BuiltinRole.ADMIN.value))
    giver.roles.remove(owner)
    by.roles.add(owner)
    for person in (giver, by):
        person.forget_grants()
    end_sessions(user=giver)
    return offer


@transaction.atomic
def decline_ownership(*, by: User, at: datetime) -> OwnershipTransfer:
    """Turn down the offer made to `by`. Raises NoOffer."""
    lock_owner_role()
    offer = _open_offer(by, at)
    TRANSFER_MOVES.move(offer, S.DECLINED, answered_at=at)
    return offer


@transaction.atomic
def withdraw_ownership(*, by: User, at: datetime) -> OwnershipTransfer:
    """Take back the open offer. Raises NotTheOwner and NoOffer."""
    lock_owner_role()
    _demand_owner(by)
    expire_offers(at=at)
    offer = OwnershipTransfer.objects.filter(state=S.OFFERED).first()
    if offer is None:
        raise NoOffer(_("There is no open offer."))
    TRANSFER_MOVES.move(offer, S.WITHDRAWN, answered_at=at)
    return offer


@transaction.atomic
def expire_offers(*, at: datetime) -> int:
    """Close offers that nobody answered in time; returns how many."""
    late = list(OwnershipTransfer.objects.filter(state=S.OFFERED, expires_at__lte=at))
    for offer in late:
        TRANSFER_MOVES.move(offer, S.EXPIRED)
    return len(late)


def open_offer(*, at: datetime) -> OwnershipTransfer | None:
    """The offer that waits for an answer, with both people."""
    rows = OwnershipTransfer.objects.select_related("giver", "taker")
    return rows.filter(state=S.OFFERED, expires_at__gt=at).first()


def _open_offer(taker: User, at: datetime) -> OwnershipTransfer:
    offer = open_offer(at=at)
    if offer is None or offer.taker_id != taker.pk:
        raise NoOffer(_("There is no open offer to you. It may have been withdrawn, or its seven days are over."))
    return offer


def _demand_owner(person: User) -> None:
    if not person.roles.filter(code=BuiltinRole.OWNER.value).exists():
        raise NotTheOwner(_("Only the owner can hand over ownership."))
