"""Pages about people, on both hosts; `portal.sites` includes one list on each."""

from django.urls import URLPattern, path

from portal.accounts.views import handoff, preferences, roles, saved_views, sessions, support, users

app_name = "accounts"


def _both(people: str) -> list[URLPattern]:
    """What both hosts have; the pages about users stand under `people`."""
    return [
        path(f"{people}users/", users.UserList.as_view(), name="users"),
        path(f"{people}users/new/", users.UserCreate.as_view(), name="user_create"),
        path(f"{people}users/<int:pk>/", users.UserDetail.as_view(), name="user"),
        path(f"{people}users/<int:pk>/edit/", users.UserEdit.as_view(), name="user_edit"),
        path(f"{people}users/<int:pk>/roles/", users.UserRoles.as_view(), name="user_roles"),
        path(f"{people}users/<int:pk>/lock/", users.UserLock.as_view(), name="user_lock"),
        path(f"{people}users/<int:pk>/unlock/", users.UserUnlock.as_view(), name="user_unlock"),
        path(f"{people}users/<int:pk>/password-link/", users.UserPasswordLink.as_view(), name="user_password_link"),
        path(f"{people}roles/", roles.RoleMatrix.as_view(), name="roles"),
        path("me/preferences/", preferences.Preferences.as_view(), name="preferences"),
        path("me/views/", saved_views.ViewSave.as_view(), name="view_save"),
        path("me/views/<int:pk>/delete/", saved_views.ViewDelete.as_view(), name="view_delete"),
        path("me/sessions/<int:pk>/end/", sessions.SessionEnd.as_view(), name="session_end"),
        path("handoff/", handoff.HandoffPage.as_view(), name="handoff"),
        path("handoff/leave/", handoff.LeavePage.as_view(), name="leave"),
    ]


management = (_both("ops/"), app_name)
tenant = (
    [
        *_both(""),
        path("support/", support.SupportList.as_view(), name="support_sessions"),
        path("support/<uuid:pk>/end/", support.SupportEnd.as_view(), name="support_end"),
        path("visit/", support.Visit.as_view(), name="visit"),
    ],
    app_name,
)
