"""Mails to the contact of a request (REG-22, REG-23). None of them ever holds a password."""

from typing import Any

from portal.core.addresses import origin_of
from portal.core.mail import send_template
from tenants.models import Platform, SubscriptionRequest
from tenants.services.personnel import logon
from tenants.services.requests.links import management_page


def tell_completed(*, request: SubscriptionRequest) -> None:
    """How to get in: address, logon, next steps."""
    context = {
        "url": f"{origin_of(request.fqdn)}/",
        "logon": logon(request.user_name, request.upn_suffix),
    }
    _tell(request, "request_completed", context)


def tell_failed(*, request: SubscriptionRequest) -> None:
    """What to do next, and whom to ask."""
    _tell(request, "request_failed", {"status_url": management_page("register:status")})


def tell_rejected(*, request: SubscriptionRequest, reason: str) -> None:
    """That the provider turned the request down, and why."""
    _tell(request, "request_rejected", {"reason": reason})


def _tell(request: SubscriptionRequest, template: str, context: dict[str, Any]) -> None:
    platform = Platform.objects.get(pk=1)
    known = {
        "contact_name": request.contact_name,
        "tenant_name": request.name,
        "reference": request.reference,
        "company": platform.company,
        "support_email": platform.support_email,
        "support_phone": platform.support_phone,
    }
    send_template(template, to=[request.contact_email], context={**known, **context})
