"""Agent statuses, and who has which."""

from django.urls import path, re_path

from extensions.views.presence.people import PresenceBulk, PresenceHistory, PresenceList, PresenceSet
from extensions.views.presence.rules import CompanyStatusRules, ExtensionStatusRules
from extensions.views.presence.statuses import (
    StatusEdit,
    StatusList,
    StatusMove,
    StatusOff,
    StatusOn,
)

_ONE = r"^extensions/(?P<number>[0-9]{3,5})"
_STATUS = r"^agents/(?P<kind>[a-z_0-9]{3,10})"

urlpatterns = [
    path("status/", PresenceList.as_view(), name="presence"),
    path("status/bulk/", PresenceBulk.as_view(), name="presence_bulk"),
    re_path(rf"{_ONE}/status/$", PresenceHistory.as_view(), name="presence_history"),
    re_path(rf"{_ONE}/status/set/$", PresenceSet.as_view(), name="presence_set"),
    re_path(rf"{_ONE}/status/automatic/$", ExtensionStatusRules.as_view(), name="presence_rules"),
    path("agents/", StatusList.as_view(), name="agent_statuses"),
    path("agents/automatic/", CompanyStatusRules.as_view(), name="agent_rules"),
    re_path(rf"{_STATUS}/edit/$", StatusEdit.as_view(), name="agent_status_edit"),
    re_path(rf"{_STATUS}/off/$", StatusOff.as_view(), name="agent_status_off"),
    re_path(rf"{_STATUS}/on/$", StatusOn.as_view(), name="agent_status_on"),
    re_path(rf"{_STATUS}/move/(?P<direction>up|down)/$", StatusMove.as_view(), name="agent_status_move"),
]
