"""Pages about people, on both hosts; `portal.sites` includes one list on each."""

from django.urls import URLPattern, path

from portal.accounts.views import (
    handoff,
    ownership,
    preferences,
    roles,
    saved_views,
    sessions,
    support,
    users,
    viewing,
)

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
        path(f"{people}roles/new/", roles.RoleCreate.as_view(), name="role_create"),
        path(f"{people}roles/<int:pk>/", roles.RoleDetail.as_view(), name="role"),
        path(f"{people}roles/<int:pk>/edit/", roles.RoleEdit.as_view(), name="role_edit"),
        path(f"{people}roles/<int:pk>/delete/", roles.RoleDelete.as_view(), name="role_delete"),
        path(f"{people}roles/<int:pk>/view-as/", viewing.ViewAs.as_view(), name="role_view_as"),
        path("view-as/leave/", viewing.ViewAsLeave.as_view(), name="view_as_leave"),
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
        path("owner/", ownership.OwnershipOffer.as_view(), name="owner"),
        path("owner/withdraw/", ownership.OwnershipWithdraw.as_view(), name="owner_withdraw"),
        path("owner/accept/", ownership.OwnershipAccept.as_view(), name="owner_accept"),
        path("owner/decline/", ownership.OwnershipDecline.as_view(), name="owner_decline"),
        path("support/", support.SupportList.as_view(), name="support_sessions"),
        path("support/<uuid:pk>/end/", support.SupportEnd.as_view(), name="support_end"),
        path("visit/", support.Visit.as_view(), name="visit"),
    ],
    app_name,
)
