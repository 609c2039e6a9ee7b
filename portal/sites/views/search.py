"""The palette (ctrl-K) and the search page (UXP-01)."""

from typing import Any

from portal.core.pages import Page
from portal.permissions import Perm
from portal.sites.search.find import actions, found_things, guidance, places

LONGEST = 80


class _Search(Page, abstract=True):
    each = 5

    def text(self) -> str:
        return self.request.GET.get("q", "")[:LONGEST].strip()

    def context(self) -> dict[str, Any]:
        text, request = self.text(), self.request
        found = found_things(text, user=request.user, management=request.tenant.is_management, each=self.each)
        sections = [*found, places(request, text), actions(request, text), guidance(request, text)]
        return {"text": text, "sections": [section for section in sections if section.hits]}


class SearchPage(_Search):
    """Search as a page, for everybody and without JavaScript."""

    permission = Perm.OWN_USE
    template = "search/page.html"
    each = 25


class Palette(_Search):
    """The same as a list for the palette's box."""

    permission = Perm.OWN_USE
    template = "search/_hits.html"


class Shortcuts(Page):
    """Which keys do what."""

    permission = Perm.OWN_USE
    template = "search/shortcuts.html"
