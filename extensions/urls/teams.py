"""Teams, and who belongs to them."""

from django.urls import path, re_path

from extensions.views.teams import assignments, members, scopes, settings, team

urlpatterns = [
    path("teams/", team.TeamList.as_view(), name="teams"),
    path("teams/new/", team.TeamCreate.as_view(), name="team_create"),
    path("teams/<int:pk>/", team.TeamDetail.as_view(), name="team"),
    path("teams/<int:pk>/edit/", team.TeamEdit.as_view(), name="team_edit"),
    path("teams/<int:pk>/delete/", team.TeamDelete.as_view(), name="team_delete"),
    path("teams/<int:pk>/members/", members.TeamMembers.as_view(), name="team_members"),
    path("teams/<int:pk>/status/", settings.TeamPresence.as_view(), name="team_presence"),
    path("extensions/bulk/team/", assignments.ExtensionsToTeam.as_view(), name="bulk_team"),
    re_path(
        r"^extensions/(?P<number>[0-9]{3,5})/teams/$", assignments.ExtensionTeams.as_view(), name="extension_teams"
    ),
    path("users/<int:pk>/teams/", scopes.UserTeams.as_view(), name="user_teams"),
]
