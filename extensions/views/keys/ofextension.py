"""The panel of an extension: `extensions/<number>/keys/` (BLF-01, BLF-02)."""

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404

from extensions.keys.phones import Fitting, fittings
from extensions.models import Extension, KeyPanel, Phone
from extensions.scopes import extensions_within
from extensions.views.keys.panel import (
    KeyMove,
    KeyPage,
    KeyRemove,
    KeysFill,
    KeysOrder,
    KeysSort,
    KeysSuggest,
    PanelPage,
)
from portal.permissions import Perm


def panel_of(extension: Extension, panel: KeyPanel | None) -> KeyPanel:
    """Its panel with it in place; not saved yet where there is none."""
    panel = panel or KeyPanel(extension=extension, version=0)
    panel.extension = extension
    return panel


class OnTelephones:
    """Pages about the panel of one extension are drawn for its telephones, read once per request."""

    panel: Any

    @cached_property
    def _fittings(self) -> list[Fitting]:
        panel = self.panel()
        return fittings(list(Phone.objects.filter(extension=panel.extension).order_by("pk")), panel)

    def fittings(self) -> list[Fitting]:
        return self._fittings


class OfExtension(OnTelephones):
    """Finds the extension among those that the person may see, or change, with its panel in one query."""

    prefix = "extensions:keys"
    permission: Perm
    kwargs: dict[str, Any]
    request: Any

    def panel(self) -> KeyPanel:
        if not hasattr(self, "_panel"):
            found: Extension = get_object_or_404(
                extensions_within(self.request.user, self.permission).select_related("key_panel__template"),
                number=self.kwargs["number"],
            )
            self._panel = panel_of(found, getattr(found, "key_panel", None))
        return self._panel

    def arguments(self) -> list[Any]:
        return [self.kwargs["number"]]


class ExtensionKeys(OfExtension, PanelPage):
    permission = Perm.KEY_READ


class ExtensionKey(OfExtension, KeyPage):
    permission = Perm.KEY_UPDATE


class ExtensionKeyRemove(OfExtension, KeyRemove):
    permission = Perm.KEY_UPDATE


class ExtensionKeyMove(OfExtension, KeyMove):
    permission = Perm.KEY_UPDATE


class ExtensionKeysOrder(OfExtension, KeysOrder):
    permission = Perm.KEY_UPDATE


class ExtensionKeysSort(OfExtension, KeysSort):
    permission = Perm.KEY_UPDATE


class ExtensionKeysFill(OfExtension, KeysFill):
    permission = Perm.KEY_UPDATE


class ExtensionKeysSuggest(OfExtension, KeysSuggest):
    permission = Perm.KEY_READ
