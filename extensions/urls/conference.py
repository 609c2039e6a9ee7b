"""Conference rooms."""

from django.urls import path

from extensions.views.conference import (
    RoomCreate,
    RoomDelete,
    RoomDetail,
    RoomEdit,
    RoomList,
    RoomMembers,
    RoomPin,
    RoomPinRenew,
)

urlpatterns = [
    path("conference/", RoomList.as_view(), name="conference_rooms"),
    path("conference/new/", RoomCreate.as_view(), name="conference_create"),
    path("conference/<int:pk>/", RoomDetail.as_view(), name="conference_room"),
    path("conference/<int:pk>/edit/", RoomEdit.as_view(), name="conference_edit"),
    path("conference/<int:pk>/delete/", RoomDelete.as_view(), name="conference_delete"),
    path("conference/<int:pk>/pin/", RoomPin.as_view(), name="conference_pin"),
    path("conference/<int:pk>/pin/renew/", RoomPinRenew.as_view(), name="conference_pin_renew"),
    path("conference/<int:pk>/members/", RoomMembers.as_view(), name="conference_members"),
]
