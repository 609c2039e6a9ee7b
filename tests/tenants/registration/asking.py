"""Addresses of requests on both sides, and further requests."""

from django.urls import reverse

from portal.accounts.models import User
from tenants.models import SubscriptionRequest
from tests.tenants.registration.conftest import MANAGEMENT, RequestMaker

LIST, OWN = (reverse(name, urlconf=MANAGEMENT) for name in ("tenants:requests", "register:requests"))


def ops(request: SubscriptionRequest, verb: str = "") -> str:
    """Where operators see a request, or do something with it."""
    name = f"tenants:request_{verb}" if verb else "tenants:request"
    return reverse(name, args=[request.reference], urlconf=MANAGEMENT)


def own(request: SubscriptionRequest, page: str = "request") -> str:
    """Where whoever ordered sees a request, or does something with it."""
    return reverse(f"register:{page}", args=[request.reference], urlconf=MANAGEMENT)


def page_of(answer: object) -> str:
    """The text of a page."""
    return answer.content.decode()


def another(request_by: RequestMaker, person: User, word: str) -> SubscriptionRequest:
    """A request of `person` for a company with names of its own."""
    names = {"name": f"{word}Phones", "short_name": word.lower(), "upn_suffix": f"{word}.example"}
    contact = {"contact_name": f"Anna {word}", "contact_email": f"anna@{word}.example", "company": word}
    return request_by(person, fqdn=f"{word}.localhost", **names, **contact)
