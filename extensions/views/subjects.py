"""Whose settings a page shows: the company's, a team's or an extension's. Mix into a SettingsPage."""

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404

from extensions.models import Extension, Team
from extensions.scopes import extensions_within, teams_within
from extensions.settings.subjects import COMPANY, Subject
from portal.permissions import Perm


class OfCompany:
    """Everybody's."""

    def subject(self) -> Subject:
        return COMPANY


class OfTeam:
    """The team in the address, among those for which this person holds the page's permission."""

    permission: Perm
    kwargs: dict[str, Any]
    request: Any

    @cached_property
    def team(self) -> Team:
        return get_object_or_404(teams_within(self.request.user, self.permission), pk=self.kwargs["pk"])

    def subject(self) -> Subject:
        return Subject(team=self.team)

    def context(self) -> dict[str, Any]:
        return {**super().context(), "team": self.team}  # type: ignore[misc]


class OfExtension:
    """The extension in the address, among those for which this person holds the page's permission."""

    permission: Perm
    kwargs: dict[str, Any]
    request: Any
    joins: tuple[str, ...] = ("home_team",)

    @cached_property
    def extension(self) -> Extension:
        rows = extensions_within(self.request.user, self.permission).select_related(*self.joins)
        return get_object_or_404(rows, number=self.kwargs["number"])

    def subject(self) -> Subject:
        return Subject(extension=self.extension)

    def context(self) -> dict[str, Any]:
        return {**super().context(), "extension": self.extension}  # type: ignore[misc]
