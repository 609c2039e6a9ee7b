"""Extensions: list, one extension, and what can be done with it."""

from django.urls import path, re_path

from extensions.views.bulk import (
    ExtensionsDelete,
    ExtensionsReactivate,
    ExtensionsSuspend,
    ExtensionsWelcome,
)
from extensions.views.bulk_home import ExtensionsHome
from extensions.views.extension import ExtensionDetail, ExtensionList
from extensions.views.extension_change import (
    ExtensionClone,
    ExtensionCreate,
    ExtensionEdit,
    ExtensionEmergency,
    ExtensionRange,
    ExtensionUser,
)
from extensions.views.extension_verbs import (
    ExtensionDelete,
    ExtensionPassword,
    ExtensionReactivate,
    ExtensionSuspend,
)
from extensions.views.setup import ExtensionWelcome, SetupLinkPage

_ONE = r"^extensions/(?P<number>[0-9]{3,5})"

urlpatterns = [
    path("extensions/", ExtensionList.as_view(), name="list"),
    path("extensions/new/", ExtensionCreate.as_view(), name="create"),
    path("extensions/range/", ExtensionRange.as_view(), name="range"),
    path("extensions/bulk/suspend/", ExtensionsSuspend.as_view(), name="bulk_suspend"),
    path("extensions/bulk/reactivate/", ExtensionsReactivate.as_view(), name="bulk_reactivate"),
    path("extensions/bulk/home/", ExtensionsHome.as_view(), name="bulk_home"),
    path("extensions/bulk/welcome/", ExtensionsWelcome.as_view(), name="bulk_welcome"),
    path("extensions/bulk/delete/", ExtensionsDelete.as_view(), name="bulk_delete"),
    path("setup/<str:key>/", SetupLinkPage.as_view(), name="setup"),
    re_path(rf"{_ONE}/$", ExtensionDetail.as_view(), name="detail"),
    re_path(rf"{_ONE}/edit/$", ExtensionEdit.as_view(), name="edit"),
    re_path(rf"{_ONE}/user/$", ExtensionUser.as_view(), name="user"),
    re_path(rf"{_ONE}/clone/$", ExtensionClone.as_view(), name="clone"),
    re_path(rf"{_ONE}/emergency/$", ExtensionEmergency.as_view(), name="extension_emergency"),
    re_path(rf"{_ONE}/welcome/$", ExtensionWelcome.as_view(), name="welcome"),
    re_path(rf"{_ONE}/password/$", ExtensionPassword.as_view(), name="password"),
    re_path(rf"{_ONE}/suspend/$", ExtensionSuspend.as_view(), name="suspend"),
    re_path(rf"{_ONE}/delete/$", ExtensionDelete.as_view(), name="delete"),
    re_path(rf"{_ONE}/reactivate/$", ExtensionReactivate.as_view(), name="reactivate"),
]
