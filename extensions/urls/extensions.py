"""Extensions: list, one extension, and what can be done with it."""

from django.urls import path, re_path

from extensions.views.bulk import ExtensionsReactivate, ExtensionsSuspend
from extensions.views.extension import (
    ExtensionCreate,
    ExtensionDetail,
    ExtensionEdit,
    ExtensionList,
)
from extensions.views.extension_verbs import (
    ExtensionDelete,
    ExtensionPassword,
    ExtensionReactivate,
    ExtensionSuspend,
)

_ONE = r"^extensions/(?P<number>[0-9]{3,5})"

urlpatterns = [
    path("extensions/", ExtensionList.as_view(), name="list"),
    path("extensions/new/", ExtensionCreate.as_view(), name="create"),
    path("extensions/bulk/suspend/", ExtensionsSuspend.as_view(), name="bulk_suspend"),
    path("extensions/bulk/reactivate/", ExtensionsReactivate.as_view(), name="bulk_reactivate"),
    re_path(rf"{_ONE}/$", ExtensionDetail.as_view(), name="detail"),
    re_path(rf"{_ONE}/edit/$", ExtensionEdit.as_view(), name="edit"),
    re_path(rf"{_ONE}/password/$", ExtensionPassword.as_view(), name="password"),
    re_path(rf"{_ONE}/suspend/$", ExtensionSuspend.as_view(), name="suspend"),
    re_path(rf"{_ONE}/delete/$", ExtensionDelete.as_view(), name="delete"),
    re_path(rf"{_ONE}/reactivate/$", ExtensionReactivate.as_view(), name="reactivate"),
]
