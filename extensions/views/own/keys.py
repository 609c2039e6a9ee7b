"""My keys: the picture of one's own telephone; what an administrator locked stays (BLF-01, BLF-02)."""

from typing import Any

from django.http import Http404

from extensions.models import KeyPanel
from extensions.presence_selectors import own_extension
from extensions.views.keys.ofextension import OnTelephones, panel_of
from extensions.views.keys.panel import KeyMove, KeyPage, KeyRemove, KeysOrder, KeysSort, KeysSuggest, PanelPage
from extensions.views.own.base import OwnPage
from portal.permissions import Perm


class OwnPanel(OnTelephones):
    """Finds the panel of whoever asks; locks count."""

    prefix = "extensions:me_keys"
    request: Any
    respect_locks = True
    steps = ("order", "sort", "suggest")
    template = "own/keys.html"

    @property
    def may_change(self) -> bool:
        """People change their own keys with this permission, not with the administrators'."""
        return bool(self.request.user.may(Perm.OWN_KEYS))

    def panel(self) -> KeyPanel:
        if not hasattr(self, "_panel"):
            found = self.own() if isinstance(self, OwnPage) else own_extension(self.request.user)
            if found is None:
                raise Http404
            self._panel = panel_of(found, getattr(found, "key_panel", None))
        return self._panel

    def arguments(self) -> list[Any]:
        return []


class MyKeys(OwnPanel, OwnPage, PanelPage):
    permission = Perm.OWN_KEYS


class MyKey(OwnPanel, OwnPage, KeyPage):
    permission = Perm.OWN_KEYS

    def form_arguments(self) -> dict[str, Any]:
        return {**super().form_arguments(), "lockable": False}


class MyKeyRemove(OwnPanel, KeyRemove):
    permission = Perm.OWN_KEYS


class MyKeyMove(OwnPanel, KeyMove):
    permission = Perm.OWN_KEYS


class MyKeysOrder(OwnPanel, KeysOrder):
    permission = Perm.OWN_KEYS


class MyKeysSort(OwnPanel, KeysSort):
    permission = Perm.OWN_KEYS


class MyKeysSuggest(OwnPanel, KeysSuggest):
    permission = Perm.OWN_KEYS
