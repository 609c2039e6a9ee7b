"""Names that tenants must not share: shapes, holders and suggestions (PLT-04, PLT-05, REG-05 to REG-07)."""

import re
import unicodedata
from collections.abc import Mapping

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.db.clashes import broken_constraint
from portal.core.errors import DomainError, Refusals
from portal.core.latin import plain_latin
from tenants.models import ClaimKind, NameClaim, SubscriptionRequest, Tenant

FQDN_LONGEST = 58  # a PBX cuts a channel's name at 80: PJSIP/ + number + @ + FQDN + -00000000 (PHONE-SYSTEM 2.1)
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
# fmt: off
RESERVED = frozenset([
    "public", "www", "admin", "administrator", "api", "app", "portal", "manage", "management", "system",
    "root", "support", "help", "mail", "smtp", "imap", "ftp", "ns", "static", "media", "account", "login",
    "register", "ops", "reseller", "cap", "me", "livez", "readyz", "health", "status", "test", "localhost",
    "tpl",
])
# fmt: on
_TAKEN = {
    ClaimKind.NAME: gettext_lazy("Another tenant or open request already has this name."),
    ClaimKind.SHORT_NAME: gettext_lazy("Another tenant or open request already has this short name."),
    ClaimKind.UPN_SUFFIX: gettext_lazy("Another tenant or open request already uses this UPN suffix."),
    ClaimKind.FQDN: gettext_lazy("Another tenant or open request already uses this address."),
}


class BadName(DomainError):
    """The name has a shape that cannot work."""


def fold(value: str) -> str:
    """How names are compared: composed, without regard to case."""
    return unicodedata.normalize("NFKC", value).casefold().strip()


def check_fqdn(fqdn: str, *, field: str = "fqdn") -> str:
    """`fqdn` in lower case if a tenant can have it; raises BadName with a sentence if not (PLT-04)."""
    name = fqdn.strip().lower().removesuffix(".")
    if not 1 <= len(name) <= FQDN_LONGEST:
        raise BadName(_("Use 1 to %(longest)d characters.") % {"longest": FQDN_LONGEST}, field=field)
    if not all(_LABEL.fullmatch(label) for label in name.split(".")):
        message = _("Use letters a to z, digits and hyphens, with dots between; no hyphen at an end.")
        raise BadName(message, field=field)
    base = settings.PORTAL_BASE_DOMAIN
    if not name.endswith(f".{base}"):
        raise BadName(_("Use a name that ends with .%(base)s.") % {"base": base}, field=field)
    first = name.removesuffix(f".{base}").split(".")[-1]
    if first in RESERVED or re.fullmatch(r"tpl[0-9]+", first) or name == settings.PORTAL_MANAGEMENT_FQDN:
        raise BadName(_("This name is reserved. Choose the company's own name."), field=field)
    return name


def suggest_fqdn(company: str) -> str:
    """A free FQDN made from the company's name; numbered if the plain one is taken (PLT-05)."""
    base = settings.PORTAL_BASE_DOMAIN
    room = FQDN_LONGEST - len(base) - 5
    slug = slugify(plain_latin(split_words(company)))[:room].strip("-") or "tenant"
    if slug in RESERVED:
        slug = f"{slug}-phones"
    starts_alike = NameClaim.objects.filter(kind=ClaimKind.FQDN, value__startswith=slug)
    taken = set(starts_alike.values_list("value", flat=True)) | {settings.PORTAL_MANAGEMENT_FQDN}
    candidates = (f"{slug}{f'-{number}' if number > 1 else ''}.{base}" for number in range(1, len(taken) + 2))
    return next(name for name in candidates if name not in taken)


def split_words(name: str) -> str:
    """`KentonElectronics` as `Kenton Electronics`, so that the address reads well."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)


def taken_names(names: Mapping[str, str], *, besides: Tenant | None = None) -> dict[str, str]:
    """Which of `names` (kind → value) somebody holds already, with the sentence for each. Courtesy, not the judge.

    One query, so that all names are looked at in the same moment: asked one by one, somebody who takes them meanwhile
    would be noticed by halves.
    """
    if not names:
        return {}
    held = NameClaim.objects.all() if besides is None else NameClaim.objects.exclude(tenant=besides)
    asked = Q()
    for kind, value in names.items():
        asked |= Q(kind=kind, value=fold(value))
    taken = set(held.filter(asked).values_list("kind", flat=True))
    return {str(kind): str(_TAKEN[ClaimKind(kind)]) for kind in names if str(kind) in taken}


@transaction.atomic
def claim_names(
    names: Mapping[str, str], *, request: SubscriptionRequest | None = None, tenant: Tenant | None = None
) -> None:
    """Hold `names` (kind → value) for a request or a tenant, all or none.

    Raises Refusals, by kind, for those that somebody else holds; the unique index decides between two at once.
    """
    claims = [
        NameClaim(kind=kind, value=fold(value), request=request, tenant=tenant) for kind, value in sorted(names.items())
    ]
    try:
        with transaction.atomic():
            NameClaim.objects.bulk_create(claims)  # claims are bookkeeping, not audited: the request or tenant is
    except IntegrityError as clash:
        if broken_constraint(clash) != "name_claim_unique":
            raise
        raise Refusals(
            taken_names(names, besides=tenant) or {"__all__": str(_("One of these names was just taken."))}
        ) from clash


def release_names(*, request: SubscriptionRequest | None = None, tenant: Tenant | None = None) -> None:
    """Free what a request or a tenant holds."""
    held = NameClaim.objects.filter(request=request) if request else NameClaim.objects.filter(tenant=tenant)
    held.delete()
