"""Shared parking."""

from django.urls import path, re_path

from extensions.views.parking import (
    ParkingDelete,
    ParkingEdit,
    ParkingLabels,
    ParkingPage,
    ParkingSetUp,
    SlotKeys,
    SlotSpeedDial,
)

_SLOT = r"^parking/slots/(?P<number>[0-9]{3,5})"

urlpatterns = [
    path("parking/", ParkingPage.as_view(), name="parking"),
    path("parking/new/", ParkingSetUp.as_view(), name="parking_set_up"),
    path("parking/edit/", ParkingEdit.as_view(), name="parking_edit"),
    path("parking/delete/", ParkingDelete.as_view(), name="parking_delete"),
    path("parking/labels/", ParkingLabels.as_view(), name="parking_labels"),
    re_path(rf"{_SLOT}/keys/$", SlotKeys.as_view(), name="parking_slot_keys"),
    re_path(rf"{_SLOT}/speed-dial/$", SlotSpeedDial.as_view(), name="parking_slot_speed_dial"),
]
