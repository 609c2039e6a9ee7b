"""What people do for themselves. No address names an extension: it is always their own."""

from django.urls import path

from extensions.views.own.devices import MyDevices, MyPassword
from extensions.views.own.directory import MyDirectory
from extensions.views.own.forwarding import MyForwarding
from extensions.views.own.home import MyStatus, MyTelephone
from extensions.views.own.schedule import MySchedule

urlpatterns = [
    path("me/", MyTelephone.as_view(), name="me"),
    path("me/status/", MyStatus.as_view(), name="me_status"),
    path("me/forwarding/", MyForwarding.as_view(), name="me_forwarding"),
    path("me/devices/", MyDevices.as_view(), name="me_devices"),
    path("me/devices/password/", MyPassword.as_view(), name="me_password"),
    path("me/schedule/", MySchedule.as_view(), name="me_schedule"),
    path("me/directory/", MyDirectory.as_view(), name="me_directory"),
]
