"""The Customer Access Portal: `/cap/<tenant>/`, where licences are bought and cancelled (PLT-10, PLT-11, PLT-16).

Open to a tenant's own administrator on a visit, for that tenant alone, and to operators.
"""

from datetime import UTC
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from customers.forms.cap import QuantityForm
from customers.models import Purchase
from customers.offers import Offer, offer_of, offers_of
from customers.services.orders import (
    buy_licences,
    cancel_licences,
    quote_for_cancellation,
    quote_for_purchase,
)
from customers.tables.purchases import PurchaseTable
from licensing.quote import Quote
from portal.accounts.models.user import UserKind
from portal.core.errors import DomainError
from portal.core.pages import FormPage, ListPage, Page
from portal.core.pages.forms import refuse
from portal.permissions import Perm
from tenants.models import Tenant, TenantKind


class OfTenant:
    """Finds the tenant that somebody may buy for. A visitor's is the one they came from; all others are not there."""

    request: Any
    kwargs: dict[str, Any]

    @cached_property
    def shown(self) -> Tenant:
        tenant: Tenant = get_object_or_404(
            Tenant.objects.ready().filter(kind=TenantKind.CUSTOMER), instance_number=self.kwargs["number"]
        )
        session = self.request.support_session
        if self.request.user.kind == UserKind.VISITOR and (
            session is None or session.actor_schema != tenant.schema_name
        ):
            raise Http404
        return tenant

    @property
    def back(self) -> str:
        return reverse("cap:licences", args=[self.kwargs["number"]])


class CapLicences(OfTenant, Page):
    """What the tenant has of each licence, what one costs, and the ways to more or fewer."""

    permission = Perm.ORDER_READ
    template = "cap/licences.html"

    def context(self) -> dict[str, Any]:
        return {
            "shown": self.shown,
            "offers": offers_of(self.shown),
            "may_order": self.request.user.may(Perm.ORDER_WRITE),
        }


class CapHistory(OfTenant, ListPage):
    """Every licence ever bought (PLT-16)."""

    permission = Perm.ORDER_READ
    template = "cap/history.html"
    partial = "cap/_history_table.html"
    table = PurchaseTable
    export_name = "license-history"

    def rows(self) -> QuerySet:
        return Purchase.objects.of(self.shown).with_state(timezone.now().astimezone(UTC).date())

    def context(self) -> dict[str, Any]:
        return {"shown": self.shown}


class Order(OfTenant, FormPage, abstract=True):
    """First how many; then, with the price in view, the consent to just this price (INV-12)."""

    permission = Perm.ORDER_WRITE
    template = "cap/order.html"
    form_class = QuantityForm
    cancelling = False

    @cached_property
    def offer(self) -> Offer:
        found = offer_of(self.shown, self.kwargs["sku"])
        if found is None:
            raise Http404
        return found

    def context(self) -> dict[str, Any]:
        return {"shown": self.shown, "offer": self.offer, "cancelling": self.cancelling, "back": self.back}

    def form_arguments(self) -> dict[str, Any]:
        return {"cancelling": self.cancelling}

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.build(request.POST)
        if not form.is_valid():
            return self.page({"form": form, **self.context()}, status=422)
        try:
            return self._step(form.cleaned_data["quantity"])
        except DomainError as refusal:
            refuse(form, refusal)
            vars(self).pop("offer", None)  # what there is now, which the refusal may be about
            return self.page({"form": form, **self.context()}, status=422)

    def _step(self, quantity: int) -> HttpResponse:
        """Show the price; or, where just this price was agreed to, carry the order out."""
        quote = self.quote(quantity)
        agreed, seal = self.request.POST.get("agreed", ""), f"{quote.seal}-{self.offer.bought}"
        if agreed != seal:
            # The price was never seen, or it or the number of licences is another one by now: another day, another
            # price list, somebody else's order, or this very one sent a second time.
            found = {"quote": quote, "seal": seal, "changed": bool(agreed), **self.context()}
            self.template = "cap/accept.html"
            return self.page(found, status=409 if agreed else 200)
        messages.success(self.request, self.order(quote))
        return self.redirect(self.back)

    def quote(self, quantity: int) -> Quote:
        """What so many cost or save. Raises what the order itself would refuse."""
        raise NotImplementedError(f"{type(self).__qualname__}.quote")

    def order(self, quote: Quote) -> str:
        """Carry it out, and return the sentence that says so."""
        raise NotImplementedError(f"{type(self).__qualname__}.order")


class Buy(Order):
    """“Buy extensions”, add-ons and number licences (PLT-10)."""

    def quote(self, quantity: int) -> Quote:
        return quote_for_purchase(tenant=self.shown, offer=self.offer, quantity=quantity, at=timezone.now())

    def order(self, quote: Quote) -> str:
        buy_licences(tenant=self.shown, offer=self.offer, quote=quote, by=self.request.user, at=timezone.now())
        return ngettext("%(count)d license bought.", "%(count)d licenses bought.", quote.quantity) % {
            "count": quote.quantity
        }


class Cancel(Order):
    """“Cancel extensions”, add-ons and number licences (PLT-11)."""

    cancelling = True

    def quote(self, quantity: int) -> Quote:
        return quote_for_cancellation(tenant=self.shown, offer=self.offer, quantity=quantity, at=timezone.now())

    def order(self, quote: Quote) -> str:
        cancel_licences(tenant=self.shown, offer=self.offer, quote=quote, by=self.request.user, at=timezone.now())
        return ngettext("%(count)d license cancelled.", "%(count)d licenses cancelled.", quote.quantity) % {
            "count": quote.quantity
        }
