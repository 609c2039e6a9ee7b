"""What the telephones of one extension do now (PRS-02)."""

from typing import Any

from extensions.views.extension import OneExtension
from extensions.views.live.base import LivePage
from extensions.views.live.telephones import telephones_now
from portal.permissions import Perm


class ExtensionLive(OneExtension, LivePage):
    permission = Perm.EXTENSION_READ
    template = "live/extension.html"
    partial = "live/_extension.html"

    def context(self) -> dict[str, Any]:
        extension = self.extension()
        return {"extension": extension, "poll_url": self.poll_url, **telephones_now(extension)}
