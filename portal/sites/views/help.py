"""The admin guide on both hosts (PLT-13)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import resolve

from portal.core.pages import Page
from portal.permissions import Perm
from portal.sites import guide
from portal.sites.access import rule_of


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
        return self.page({"topic": topic, "groups": guide.groups(), "screen_url": self.screen_of(topic)})

    def screen_of(self, topic: guide.Topic) -> str:
        """The address of the topic's working screen, for those who may open it."""
        address = topic.screen_url
        rule = rule_of(topic.screen, resolve(address).func) if address else None
        return address if rule and self.request.user.may(Perm(rule.needs)) else ""
