"""Handing over ownership: the owner offers, the new owner accepts; both give their password again (ROL-02)."""

from functools import partial
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms.roles import OfferForm
from portal.accounts.models import OwnershipTransfer, User
from portal.accounts.models.user import UserKind
from portal.accounts.services.ownership import (
    accept_ownership,
    decline_ownership,
    offer_ownership,
    open_offer,
    withdraw_ownership,
)
from portal.core.forms import PortalForm
from portal.core.pages import ActionPage, FormPage
from portal.permissions import Perm


class _PasswordAgain(FormPage, abstract=True):
    """The sign-in library asks for the password, or second factor, unless it did so in the last five minutes."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = partial(super().post)

        def go_on(request: HttpRequest) -> HttpResponse:
            return answer(request, *args, **kwargs)

        return reauthentication_required(go_on)(request)


class OwnershipOffer(_PasswordAgain):
    permission = Perm.OWNER_TRANSFER
    template = "accounts/owner.html"
    form_class = OfferForm
    done_message = _("Offered. You stay the owner until it is accepted.")

    def people(self) -> QuerySet[User]:
        """Who could be the owner."""
        rows = User.objects.filter(kind=UserKind.PERSON, is_active=True).exclude(email="")
        return rows.exclude(pk=self.request.user.pk).order_by("display_name", "pk")

    def form_arguments(self) -> dict[str, Any]:
        return {"people": self.people(), "search": self.search()}

    def search(self) -> str:
        """What was typed to find somebody among many."""
        return self.request.GET.get("q", "").replace("\0", "").strip()[:100]

    def context(self) -> dict[str, Any]:
        return {"offer": open_offer(at=timezone.now()), "search": self.search()}

    def perform(self, form: OfferForm) -> str:
        offer_ownership(to=form.cleaned_data["person"], by=self.request.user, at=timezone.now())
        return reverse("accounts:owner")


class OwnershipWithdraw(ActionPage):
    permission = Perm.OWNER_TRANSFER
    done_message = _("The offer is withdrawn.")

    def perform(self) -> str:
        withdraw_ownership(by=self.request.user, at=timezone.now())
        return reverse("accounts:owner")

    def refused_to(self) -> str:
        return reverse("accounts:owner")


class OwnershipAccept(_PasswordAgain):
    """There only for the person to whom ownership is offered."""

    permission = Perm.OWN_USE
    template = "accounts/owner_accept.html"
    form_class = PortalForm
    done_message = _("You are the owner now.")

    def offer(self) -> OwnershipTransfer:
        """The open offer to this person."""
        return _offer_to(self.request.user)

    def context(self) -> dict[str, Any]:
        return {"offer": self.offer()}

    def perform(self, form: PortalForm) -> str:
        accept_ownership(by=self.request.user, at=timezone.now())
        return reverse("home")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.offer()
        return super().post(request, *args, **kwargs)


class OwnershipDecline(ActionPage):
    permission = Perm.OWN_USE
    done_message = _("Declined. Everything stays as it is.")

    def perform(self) -> str:
        _offer_to(self.request.user)
        decline_ownership(by=self.request.user, at=timezone.now())
        return reverse("home")


def _offer_to(user: User) -> OwnershipTransfer:
    offer = open_offer(at=timezone.now())
    if offer is None or offer.taker_id != user.pk:
        raise Http404
    return offer
