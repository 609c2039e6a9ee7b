"""PBXs and trunks, on the management host."""

from django.urls import path

from extensions.views.pbx import change, look, trunks

app_name = "pbx"
urlpatterns = [
    path("pbx/", look.PbxList.as_view(), name="list"),
    path("pbx/new/", change.PbxAdd.as_view(), name="add"),
    path("pbx/monitor/", look.PbxMonitor.as_view(), name="monitor"),
    path("pbx/<int:pk>/", look.PbxDetail.as_view(), name="detail"),
    path("pbx/<int:pk>/edit/", change.PbxEdit.as_view(), name="edit"),
    path("pbx/<int:pk>/on/", change.PbxOn.as_view(), name="on"),
    path("pbx/<int:pk>/off/", change.PbxOff.as_view(), name="off"),
    path("pbx/<int:pk>/default/", change.PbxDefault.as_view(), name="default"),
    path("pbx/<int:pk>/test/", change.PbxTest.as_view(), name="test"),
    path("pbx/<int:pk>/apply/", change.PbxApply.as_view(), name="apply"),
    path("pbx/<int:pk>/apply/<int:number>/", change.PbxApply.as_view(), name="apply_one"),
    path("pbx/<int:pk>/strays/", look.PbxStrays.as_view(), name="strays"),
    path("pbx/<int:pk>/strays/forget/", change.StraysForget.as_view(), name="strays_forget"),
    path("pbx/<int:pk>/trunks/new/", trunks.TrunkAdd.as_view(), name="trunk_add"),
    path("pbx/trunks/<int:pk>/", trunks.TrunkEdit.as_view(), name="trunk"),
    path("pbx/trunks/<int:pk>/delete/", trunks.TrunkDelete.as_view(), name="trunk_delete"),
    path("tenants/<int:number>/channels/", look.TenantChannels.as_view(), name="channels"),
]
