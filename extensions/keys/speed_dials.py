"""Which speed dials hold: everybody's, and personal ones that win over a shared one with the same code (SPD-02)."""

from django.db.models import BooleanField, Exists, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Substr

from extensions.models import Extension, SpeedDial


def shared_dials() -> QuerySet[SpeedDial]:
    """Everybody's, with `digits`, the number of the code to sort by."""
    return _numbered(SpeedDial.objects.filter(extension=None)).annotate(
        overridden=Value(False, output_field=BooleanField())
    )


def dials_of(extension: Extension) -> QuerySet[SpeedDial]:
    """Personal and shared ones of an extension; `overridden` are shared ones that a personal one takes the place of."""
    own = SpeedDial.objects.filter(extension=extension)
    both = SpeedDial.objects.filter(Q(extension=extension) | Q(extension=None))
    hidden = Exists(own.filter(code=OuterRef("code"))) & Q(extension=None)
    return _numbered(both).annotate(overridden=hidden)


def own_dials(extension: Extension) -> QuerySet[SpeedDial]:
    """Only the personal ones."""
    return _numbered(SpeedDial.objects.filter(extension=extension))


def _numbered(rows: QuerySet[SpeedDial]) -> QuerySet[SpeedDial]:
    return rows.annotate(digits=Cast(Substr("code", 2), IntegerField()))
