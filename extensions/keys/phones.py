"""The telephones of a tenant, how many of their keys are in use, and which one an extension's panel is drawn for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from extensions.models import Extension, Key, KeyPanel, Phone
from extensions.phone_models import PhoneModel, model_of


@dataclass(frozen=True, slots=True)
class Fitting:
    """A model with its modules: what a panel is drawn for. `phone` is None for a template, or without a telephone."""

    model: PhoneModel
    modules: int
    phone: Phone | None = None

    @property
    def limit(self) -> int:
        return self.model.keys(self.modules)

    def __str__(self) -> str:
        module = self.model.module
        return f"{self.model} + {self.modules} × {module.name}" if self.modules and module else str(self.model)


def phones() -> QuerySet[Phone]:
    """All telephones with extension and access, and `keys_used`, the number of keys that hold for it."""
    own = Q(panel__extension=OuterRef("extension"))
    linked = Q(panel__used_by__extension=OuterRef("extension"), panel__used_by__linked=True)
    counted = (
        Key.objects.filter(own | linked)
        .annotate(everything=Value(1))
        .values("everything")
        .annotate(total=Count("position", distinct=True))
        .values("total")
    )
    used = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    joined = Phone.objects.select_related("extension", "access")
    unread = ("access__secret", "access__password", "access__admin_password", "extension__sip_password")
    return joined.defer(*unread).annotate(keys_used=used)


def telephones_with(extension: Extension) -> QuerySet[Phone]:
    """Those that show the extension's number or name: its own, and those with a key for it."""
    watching = Q(extension__key_panel__keys__extension=extension)
    watching |= Q(extension__key_panel__linked=True, extension__key_panel__template__keys__extension=extension)
    return Phone.objects.filter(Q(extension=extension) | watching).distinct().order_by("mac")


def fittings(owned: Sequence[Phone], panel: KeyPanel | None) -> list[Fitting]:
    """What an extension's panel can be drawn for: its telephones; without one, the model that was chosen for it."""
    if owned:
        return [Fitting(model_of(phone.model), phone.modules, phone) for phone in owned]
    return [Fitting(model_of(panel.model if panel else ""), panel.modules if panel else 0)]


def limit_of(found: Sequence[Fitting]) -> int:
    """How many keys fit: as many as the largest of the telephones has."""
    return max(one.limit for one in found)


def limits_of(extensions: Sequence[Extension]) -> dict[int, int]:
    """The limit of each extension by id, in two queries."""
    ids = [one.pk for one in extensions]
    owned: dict[int, list[Phone]] = {}
    for phone in Phone.objects.filter(extension__in=ids).order_by("pk"):
        owned.setdefault(phone.extension_id or 0, []).append(phone)
    panels = {panel.extension_id: panel for panel in KeyPanel.objects.filter(extension__in=ids)}
    return {pk: limit_of(fittings(owned.get(pk, []), panels.get(pk))) for pk in ids}
