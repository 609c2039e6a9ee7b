"""The panel of an extension: `extensions/<number>/keys/` (BLF-01, BLF-02)."""

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


class OfExtension:
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
            panel = getattr(found, "key_panel", None) or KeyPanel(extension=found, version=0)
            panel.extension = found
            self._panel = panel
        return self._panel

    def fittings(self) -> list[Fitting]:
        if not hasattr(self, "_fittings"):
            panel = self.panel()
            self._fittings = fittings(list(Phone.objects.filter(extension=panel.extension).order_by("pk")), panel)
        return self._fittings

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
