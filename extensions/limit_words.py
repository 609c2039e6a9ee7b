"""What people read when a limit is reached (TEN-07)."""

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from extensions.settings.catalogue.limits import LINK, SENTENCE
from portal.core.errors import DomainError
from tenants.limits import Limit
from tenants.models import Tenant


class LimitReached(DomainError):
    """The tenant has as many as it may have. The message is safe HTML: it ends with a link to buy more."""


def limit_reached(tenant: Tenant, sku: Limit, *, used: int, limit: int) -> LimitReached:
    """The refusal in the provider's words, else in the product's, with the figures and a link to buy more."""
    sentence = _stored(tenant, SENTENCE) or _("You may have {limit} {what}, and {used} exist.")
    for word, value in {"limit": limit, "used": used, "what": sku.label}.items():
        sentence = sentence.replace(f"{{{word}}}", str(value))
    return LimitReached(with_offer(tenant, sentence))


def with_offer(tenant: Tenant, sentence: str, *, page: str = "") -> SafeString:
    """`sentence` as safe HTML, with the provider's link to get more behind it.

    Where the provider gave none, it leads to `page`, or to the company's limits.
    """
    return _with_link(sentence, _stored(tenant, LINK) or page or _own_page())


def _with_link(sentence: str, link: str) -> SafeString:
    if not link:
        return format_html("{}", sentence)
    return format_html('{} <a href="{}">{}</a>', sentence, link, _("Get more"))


def _own_page() -> str:
    try:
        return reverse("extensions:limits")
    except NoReverseMatch:  # on the management host, where an operator runs into a tenant's limit
        return ""


def _stored(tenant: Tenant, key: str) -> str:
    return str((tenant.platform_settings or {}).get(key, {}).get("value") or "")
