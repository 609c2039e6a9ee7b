"""What people do for themselves. No address names an extension: it is always their own."""

from django.urls import path, re_path

from extensions.views.own.devices import MyDevices, MyPassword
from extensions.views.own.dial import MyCall
from extensions.views.own.directory import MyDirectory
from extensions.views.own.forwarding import MyForwarding
from extensions.views.own.home import MyStatus, MyTelephone
from extensions.views.own.keys import MyKey, MyKeyMove, MyKeyRemove, MyKeys, MyKeysOrder, MyKeysSort, MyKeysSuggest
from extensions.views.own.messages import MyMessage, MyMessages, MyMessagesChange, MyMessagesForward, MyMessagesRemove
from extensions.views.own.schedule import MySchedule
from extensions.views.own.speed_dials import MyDialCreate, MyDialDelete, MyDialEdit, MyDials
from extensions.views.own.voicemail import MyGreeting, MyGreetingSound, MyPin, MyVoicemail

_KEY = r"^me/keys/(?P<position>[1-9][0-9]{0,2})"

urlpatterns = [
    path("me/", MyTelephone.as_view(), name="me"),
    path("me/status/", MyStatus.as_view(), name="me_status"),
    path("me/forwarding/", MyForwarding.as_view(), name="me_forwarding"),
    path("me/voicemail/", MyVoicemail.as_view(), name="me_voicemail"),
    path("me/voicemail/pin/", MyPin.as_view(), name="me_pin"),
    path("me/voicemail/greeting/", MyGreeting.as_view(), name="me_greeting"),
    path("me/voicemail/greeting/sound/", MyGreetingSound.as_view(), name="me_greeting_sound"),
    path("me/messages/", MyMessages.as_view(), name="me_messages"),
    path("me/messages/change/", MyMessagesChange.as_view(), name="me_messages_change"),
    path("me/messages/forward/", MyMessagesForward.as_view(), name="me_messages_forward"),
    path("me/messages/remove/", MyMessagesRemove.as_view(), name="me_messages_remove"),
    re_path(r"^me/messages/sound/(?P<message>[0-9A-Za-z-]{1,64})/$", MyMessage.as_view(), name="me_message"),
    path("me/devices/", MyDevices.as_view(), name="me_devices"),
    path("me/devices/password/", MyPassword.as_view(), name="me_password"),
    path("me/schedule/", MySchedule.as_view(), name="me_schedule"),
    path("me/call/", MyCall.as_view(), name="me_call"),
    path("me/directory/", MyDirectory.as_view(), name="me_directory"),
    path("me/speed-dials/", MyDials.as_view(), name="me_speed_dials"),
    path("me/speed-dials/new/", MyDialCreate.as_view(), name="me_speed_dial_new"),
    path("me/speed-dials/<int:pk>/", MyDialEdit.as_view(), name="me_speed_dial"),
    path("me/speed-dials/<int:pk>/delete/", MyDialDelete.as_view(), name="me_speed_dial_delete"),
    path("me/keys/", MyKeys.as_view(), name="me_keys"),
    path("me/keys/order/", MyKeysOrder.as_view(), name="me_keys_order"),
    path("me/keys/sort/", MyKeysSort.as_view(), name="me_keys_sort"),
    path("me/keys/suggest/", MyKeysSuggest.as_view(), name="me_keys_suggest"),
    re_path(rf"{_KEY}/$", MyKey.as_view(), name="me_keys_key"),
    re_path(rf"{_KEY}/remove/$", MyKeyRemove.as_view(), name="me_keys_remove"),
    re_path(rf"{_KEY}/move/$", MyKeyMove.as_view(), name="me_keys_move"),
]
