"""What people do for themselves. No address names an extension: it is always their own."""

from django.urls import path

from extensions.views.own.devices import MyDevices, MyPassword
from extensions.views.own.directory import MyDirectory
from extensions.views.own.forwarding import MyForwarding
from extensions.views.own.home import MyStatus, MyTelephone
from extensions.views.own.schedule import MySchedule
from extensions.views.own.voicemail import MyGreeting, MyGreetingSound, MyPin, MyVoicemail

urlpatterns = [
    path("me/", MyTelephone.as_view(), name="me"),
    path("me/status/", MyStatus.as_view(), name="me_status"),
    path("me/forwarding/", MyForwarding.as_view(), name="me_forwarding"),
    path("me/voicemail/", MyVoicemail.as_view(), name="me_voicemail"),
    path("me/voicemail/pin/", MyPin.as_view(), name="me_pin"),
    path("me/voicemail/greeting/", MyGreeting.as_view(), name="me_greeting"),
    path("me/voicemail/greeting/sound/", MyGreetingSound.as_view(), name="me_greeting_sound"),
    path("me/devices/", MyDevices.as_view(), name="me_devices"),
    path("me/devices/password/", MyPassword.as_view(), name="me_password"),
    path("me/schedule/", MySchedule.as_view(), name="me_schedule"),
    path("me/directory/", MyDirectory.as_view(), name="me_directory"),
]
