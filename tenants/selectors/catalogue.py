"""Reads of the catalogue of licences."""

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext as _

from tenants.models import Sku, SkuKind, TemplateVersion


def addons_on_offer() -> list[Sku]:
    """The add-ons that are sold now, in the order of the catalogue."""
    return list(Sku.objects.filter(kind=SkuKind.ADDON, is_active=True).order_by("position", "code"))


def addons_in_words(counts: Mapping[str, int]) -> str:
    """“Team Chat × 5, Mobile App × 2” for counts by code; no query where there are none."""
    return _in_words(counts, _names(counts))


def name_addons(versions: Sequence[TemplateVersion]) -> None:
    """Give each of `versions` its add-ons in words, as `addons_shown`; one query for all, none where there are none."""
    names = _names({code for version in versions for code in version.addons})
    for version in versions:
        version.addons_shown = _in_words(version.addons, names)  # type: ignore[attr-defined]


def _names(codes: Collection[str]) -> dict[str, str]:
    if not codes:
        return {}
    return dict(Sku.objects.filter(code__in=list(codes)).order_by("position", "code").values_list("code", "name"))


def _in_words(counts: Mapping[str, int], names: Mapping[str, str]) -> str:
    return ", ".join(
        _("%(name)s × %(n)d") % {"name": name, "n": counts[code]} for code, name in names.items() if code in counts
    )
