"""Names that the eye takes for one another: 0 and o, 1 and l or i, a capital I and l (REG-05, REG-07)."""

from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext as _

from tenants.models import ClaimKind, NameClaim
from tenants.services.names import fold

WATCHED = (ClaimKind.NAME, ClaimKind.UPN_SUFFIX)


class _Translate(Func):
    function = "translate"
    output_field = models.CharField()


def look_alikes(names: dict[str, str]) -> dict[str, str]:
    """Which of `names` (kind → value) look like one that somebody else holds, with the sentence for each."""
    refused = {}
    for kind in WATCHED:
        if kind in names and _held_alike(kind, names[kind]).exists():
            refused[str(kind)] = _("This looks too much like one that is already in use.")
    return refused


def _held_alike(kind: ClaimKind, value: str) -> models.QuerySet[NameClaim]:
    # In a word of capitals only, an I is meant as an I.
    spoofed = value if value.isupper() else value.replace("I", "l")
    typed = {fold(value), fold(spoofed)}
    held = NameClaim.objects.filter(kind=kind).alias(
        with_l=_Translate(F("value"), Value("01"), Value("ol")), with_i=_Translate(F("value"), Value("01"), Value("oi"))
    )
    alike = Q(with_l__in={_read(text, "ol") for text in typed}) | Q(with_i__in={_read(text, "oi") for text in typed})
    return held.filter(alike).exclude(value=fold(value))


def _read(text: str, letters: str) -> str:
    return text.translate(str.maketrans("01", letters))
