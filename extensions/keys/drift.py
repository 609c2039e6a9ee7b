"""How far copies of a template have drifted from it (BLF-05)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext as _

from extensions.keys.words import JOINED, kind_words, label_of, target_of
from extensions.models import KEY_POINTERS, Key, KeyKind, KeyPanel

# Everything that two equal keys have in common, as one text.
_PARTS: list[Any] = ["position", *(f"{pointer}_id" for pointer in KEY_POINTERS.values()), "locked"]
_SAYS = Concat(
    "kind", Value("¦"), "label", Value("¦"), "number", Value("¦"),
    *(part for name in _PARTS for part in (Coalesce(Cast(name, CharField()), Value("")), Value("¦"))),
    output_field=TextField(),
)  # fmt: skip


def _whole(panel: str) -> Coalesce:
    """All keys of the panel named by an outer column, as one text."""
    keys = Key.objects.filter(panel=OuterRef(panel)).annotate(says=_SAYS).order_by().values("panel")
    joined = keys.annotate(whole=StringAgg("says", "\n", order_by=F("position"))).values("whole")
    return Coalesce(Subquery(joined), Value(""), output_field=TextField())


def with_drift(panels: QuerySet[KeyPanel]) -> QuerySet[KeyPanel]:
    """`panels` with `own_keys` and `template_keys`, texts that differ where a copy has drifted from its template."""
    return panels.annotate(own_keys=_whole("pk"), template_keys=_whole("template"))


def drifted(panels: QuerySet[KeyPanel]) -> QuerySet[KeyPanel]:
    """Those copies that say something else than their template."""
    return with_drift(panels.filter(linked=False, template__isnull=False)).exclude(own_keys=F("template_keys"))


def key_templates() -> QuerySet[KeyPanel]:
    """All templates, with how many `keys_count` they have, and how many panels are `linked_count`, `copied_count`
    and `drifted_count`.
    """

    def counted(rows: QuerySet, group: str) -> Coalesce:
        totals = rows.order_by().values(group).annotate(total=Count("pk")).values("total")
        return Coalesce(Subquery(totals, output_field=IntegerField()), 0)

    used = KeyPanel.objects.filter(template=OuterRef("pk"))
    return KeyPanel.objects.filter(extension=None).annotate(
        keys_count=counted(Key.objects.filter(panel=OuterRef("pk")), "panel"),
        linked_count=counted(used.filter(linked=True), "template"),
        copied_count=counted(used.filter(linked=False), "template"),
        drifted_count=counted(drifted(used), "template"),
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """One position in the template and in the copy; empty texts where one of them has no key."""

    number: int
    template: str
    own: str

    @property
    def differs(self) -> bool:
        return self.template != self.own


def side_by_side(panel: KeyPanel) -> Sequence[Beside]:
    """Template and copy, key by key; one query."""
    texts: dict[int, dict[int | None, str]] = {}
    for key in Key.objects.filter(panel__in=[panel.pk, panel.template_id]).select_related(*JOINED):
        # Both as a template shows them: an empty label of a line says the same in both.
        texts.setdefault(key.position, {})[key.panel_id] = _in_words(key)
    return [
        Beside(position + 1, found.get(panel.template_id, ""), found.get(panel.pk, ""))
        for position, found in sorted(texts.items())
    ]


def _in_words(key: Key) -> str:
    parts = [kind_words(KeyKind(key.kind)), label_of(key), target_of(key), _("locked") if key.locked else ""]
    return " · ".join(part for part in parts if part)


def uses_of(template: KeyPanel) -> QuerySet[KeyPanel]:
    """The panels that follow the template or were copied from it, with their extensions and their drift."""
    return with_drift(KeyPanel.objects.filter(template=template).select_related("extension")).filter(
        Q(extension__isnull=False)
    )
