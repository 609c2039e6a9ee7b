"""Buying and cancelling a tenant's licences at a price that somebody agreed to (PLT-10, PLT-11, INV-12)."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import Purchase
from customers.offers import Offer
from customers.provisioning import refuse_management
from customers.services.history import end_newest, newest
from licensing.models import Reason
from licensing.quote import Quote, quote_cancellation, quote_purchase
from licensing.services.pools import change_bought
from portal.accounts.models import User
from portal.core.errors import DomainError
from tenants.door import inside
from tenants.models import Tenant


class NotForSale(DomainError):
    """There is no price in the tenant's currency, or its licences of this sort are not counted."""


class OrderedMeanwhile(DomainError):
    """There are not as many licences any more as the offer says: another order, or this one, was carried out."""


class StillInUse(DomainError):
    """More are in use than would be left."""


def quote_for_purchase(*, tenant: Tenant, offer: Offer, quantity: int, at: datetime) -> Quote:
    """What `quantity` more cost. Raises ManagementInstance and NotForSale."""
    refuse_management(tenant)
    return quote_purchase(quantity=quantity, unit=_unit(offer), currency=offer.currency, at=at)


def quote_for_cancellation(*, tenant: Tenant, offer: Offer, quantity: int, at: datetime) -> Quote:
    """What `quantity` fewer save. Raises ManagementInstance, NotForSale, and StillInUse with how many are too many."""
    refuse_management(tenant)
    unit = _unit(offer)
    _demand_free(offer, quantity)
    saved = sum(taken * purchase.unit_minor for purchase, taken in newest(tenant, offer.code, quantity))
    return quote_cancellation(quantity=quantity, saved=saved, unit=unit, currency=offer.currency, at=at)


@transaction.atomic
def buy_licences(*, tenant: Tenant, offer: Offer, quote: Quote, by: User, at: datetime) -> Purchase:
    """Raise the tenant's pool by `quote.quantity`, at once; paid as the quote says.

    Raises OrderedMeanwhile where another order was carried out since `offer` was read: of one that is sent twice at the
    same moment, the second.
    """
    _change(tenant, offer, quote.quantity, Reason.BOUGHT, by)
    return Purchase.objects.create(
        tenant=tenant, sku=offer.code, name=offer.name, edition=tenant.product, quantity=quote.quantity,
        unit_minor=quote.unit, currency=quote.currency, starts=at.astimezone(UTC).date(), bought_at=at,
        bought_by=str(by),
    )  # fmt: skip


@transaction.atomic
def cancel_licences(*, tenant: Tenant, offer: Offer, quote: Quote, by: User, at: datetime) -> None:
    """Lower the tenant's pool by `quote.quantity`, at once; they are paid to the end of the month.

    The newest purchases are cancelled first; of one that is cancelled in part, the rest goes on as one of its own.
    Raises StillInUse where somebody took one of the licences in the meantime, and OrderedMeanwhile.
    """
    # The tenant's row is locked by this, so that of two orders at once the second sees what the first one left.
    _change(tenant, offer, -quote.quantity, Reason.CANCELLED, by)
    end_newest(tenant=tenant, sku=offer.code, quantity=quote.quantity, ends=quote.on, at=at, by_name=str(by))


def _change(tenant: Tenant, offer: Offer, change: int, reason: Reason, by: User) -> None:
    """In the pool, and where it is the phone system's in the copy on the tenant's own row."""
    locked = Tenant.objects.select_for_update().get(pk=tenant.pk)
    with inside(tenant, owner=True):
        balance = change_bought(sku=offer.code, change=change, reason=reason, who=str(by))
    if balance is None:
        raise StillInUse(_("Somebody has taken one of these licenses meanwhile. Look again."), field="quantity")
    if balance - change != offer.bought:
        raise OrderedMeanwhile(_("Licenses were bought or cancelled a moment ago. Look at what there is now."))
    if offer.is_phone_system:
        locked.max_extensions = balance
        locked.save(update_fields=["max_extensions"])


def _unit(offer: Offer) -> int:
    if offer.bought is None:
        raise NotForSale(_("This company's licenses of this sort are not counted: it needs no more and no fewer."))
    if offer.unit is None:
        raise NotForSale(
            _("%(name)s has no price in %(currency)s yet.") % {"name": offer.name, "currency": offer.currency}
        )
    return offer.unit


def _demand_free(offer: Offer, quantity: int) -> None:
    bought, free = offer.bought or 0, offer.free or 0
    if quantity > bought:
        text = ngettext("There is only %(count)d.", "There are only %(count)d.", bought) % {"count": bought}
        raise StillInUse(text, field="quantity")
    if quantity <= free:
        return
    over = quantity - free
    if offer.is_phone_system:
        text = ngettext(
            "Extensions that exist: %(used)d. Delete %(over)d extension first.",
            "Extensions that exist: %(used)d. Delete %(over)d extensions first.",
            over,
        )
    else:
        text = ngettext(
            "Assigned: %(used)d. Take %(over)d of them away first.",
            "Assigned: %(used)d. Take %(over)d of them away first.",
            over,
        )
    raise StillInUse(text % {"used": offer.used, "over": over}, field="quantity")
