"""The admin guide on both hosts (PLT-13)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from portal.core.pages import Page
from portal.permissions import Perm
from portal.sites import guide


class GuideIndex(Page):
    """All topics by group, with the onboarding notes."""

    permission = Perm.HELP_READ
    template = "help/index.html"

    def context(self) -> dict[str, Any]:
        return {"groups": guide.groups()}


class GuideTopic(Page):
    """One topic, with the way to its working screen."""

    permission = Perm.HELP_READ

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        topic = guide.topic(kwargs["slug"])
        if topic is None:
            raise Http404
        self.template = topic.template
        return self.page({"topic": topic, "groups": guide.groups()})
