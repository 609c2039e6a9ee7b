"""Where a page leads when licenses are short."""

from django.db import connection
from django.urls import reverse
from django.utils.safestring import SafeString

from extensions.limit_words import with_offer
from portal.accounts.models import User
from portal.permissions import Perm


def offer_more(reader: User, sentence: str) -> SafeString:
    """`sentence` with the link to get more: straight to the orders for whoever may order (PLT-12)."""
    page = reverse("orders:buying") if reader.may(Perm.VISIT_OPEN) else ""
    return with_offer(connection.tenant, sentence, page=page)
