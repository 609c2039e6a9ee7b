"""What an add-on makes no sense without (LIC-11): one sentence for each missing piece."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from extensions.models import Extension
from licensing.models import AssignedAddon
from portal.core.errors import DomainError, Refusals
from tenants.models import Sku
from tenants.skus import MOBILE_NUMBER, NUMBER, PHONE_SYSTEM

NAMED = 5


class MobileNumberNeeded(DomainError):
    """An add-on of the extension makes no sense without its mobile number."""


def demand_needs(extensions: Collection[int]) -> None:
    """Raise Refusals on `addon_<code>` where one of `extensions` (ids) has an add-on without what that needs."""
    wrong: dict[str, list[str]] = defaultdict(list)
    for sku in _demanding(extensions):
        having = Extension.objects.filter(pk__in=extensions, addons__pool=sku.code)
        for piece in sku.requires:
            numbers = list(_without(having, piece).order_by("number").values_list("number", flat=True)[: NAMED + 1])
            if numbers:
                wrong[f"addon_{sku.code}"].append(_sentence(sku.name, piece, numbers))
    if wrong:
        raise Refusals({field: " ".join(sentences) for field, sentences in wrong.items()})


def demand_mobile_number(extension_id: int) -> None:
    """Raise MobileNumberNeeded on `mobile` where an add-on of the extension needs the number that was taken away."""
    for sku in _demanding([extension_id]):
        if MOBILE_NUMBER in sku.requires:
            raise MobileNumberNeeded(
                _("The add-on %(name)s needs a mobile number. Take the add-on away first.") % {"name": sku.name},
                field="mobile",
            )


def _demanding(extensions: Collection[int]) -> list[Sku]:
    assigned = AssignedAddon.objects.filter(extension__in=extensions).values_list("pool", flat=True).distinct()
    return list(Sku.objects.exclude(requires=[]).filter(code__in=list(assigned)).order_by("position"))


def _without(having: QuerySet[Extension], piece: str) -> QuerySet[Extension]:
    if piece == PHONE_SYSTEM:
        return having.none()  # every extension has its base licence, else it would not be there
    if piece == NUMBER:
        return having.filter(outside_number=None)
    if piece == MOBILE_NUMBER:
        return having.filter(mobile="")
    return having.exclude(pk__in=AssignedAddon.objects.filter(pool=piece).values("extension"))


def _sentence(name: str, piece: str, numbers: list[str]) -> str:
    words = {
        "name": name,
        "numbers": ", ".join(numbers[:NAMED]) + (" …" if len(numbers) > NAMED else ""),
    }
    if piece == NUMBER:
        return _("%(name)s needs an outside number: assign one to %(numbers)s.") % words
    if piece == MOBILE_NUMBER:
        return _("%(name)s needs a mobile number: enter one at %(numbers)s.") % words
    needed = Sku.objects.filter(code=piece).values_list("name", flat=True).first() or piece
    return _("%(name)s needs %(needed)s: assign it to %(numbers)s.") % {**words, "needed": needed}
