"""Pages that refresh themselves every two seconds, and answer nothing where nothing changed (MON-01, BLF-04)."""

import hashlib
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control, patch_vary_headers

from portal.core.pages import Page, wants_partial

SEEN = "seen"
PLACE = "00000000seen00000000"  # where the fragment's own digest stands in its address


class LivePage(Page, abstract=True):
    """A page with a fragment that asks for itself again. Declares `template` and `partial`.

    The fragment holds no form of its own, so that it only differs where the state does; clocks tick in the browser.
    It carries its digest in the address that it asks; while that is still right the answer is 204: nothing is drawn.
    """

    @property
    def poll_url(self) -> str:
        """The address that the fragment asks: this page as it is filtered, with what was seen last."""
        query = self.request.GET.copy()
        query[SEEN] = PLACE
        return f"{self.request.path}?{query.urlencode()}"

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """The fragment for htmx, or nothing where it did not change; else the whole page."""
        if not self.partial:
            return super().page(context, status=status)
        text = render_to_string(self.partial, {"page": self, **context}, request=self.request)
        digest = hashlib.sha256(text.encode()).hexdigest()[: len(PLACE)]
        fragment = text.replace(PLACE, digest)
        if not wants_partial(self.request):
            return super().page({**context, "fragment": fragment}, status=status)
        answer = HttpResponse(status=204) if self.request.GET.get(SEEN) == digest else HttpResponse(fragment)
        patch_vary_headers(answer, ["HX-Request"])
        patch_cache_control(answer, no_store=True, private=True)
        return answer
