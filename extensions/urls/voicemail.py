"""Voicemail boxes and how they work."""

from django.urls import path, re_path

from extensions.views.voicemail import MailboxCreate, MailboxDelete, MailboxDetail, MailboxEdit, MailboxList
from extensions.views.voicemail_box import MailboxGreeting, MailboxPin, MailboxPinLink, MailboxPinReset
from extensions.views.voicemail_messages import (
    MailboxMessage,
    MailboxMessages,
    MailboxMessagesChange,
    MailboxMessagesForward,
    MailboxMessagesRemove,
)
from extensions.views.voicemail_settings import CompanyVoicemail, ExtensionVoicemail, TeamVoicemail

urlpatterns = [
    path("voicemail/", MailboxList.as_view(), name="mailboxes"),
    path("voicemail/new/", MailboxCreate.as_view(), name="mailbox_create"),
    path("voicemail/pin/<str:token>/", MailboxPinLink.as_view(), name="mailbox_pin_link"),
    path("voicemail/<int:pk>/", MailboxDetail.as_view(), name="mailbox"),
    path("voicemail/<int:pk>/edit/", MailboxEdit.as_view(), name="mailbox_edit"),
    path("voicemail/<int:pk>/delete/", MailboxDelete.as_view(), name="mailbox_delete"),
    path("voicemail/<int:pk>/greeting/", MailboxGreeting.as_view(), name="mailbox_greeting"),
    path("voicemail/<int:pk>/pin/", MailboxPin.as_view(), name="mailbox_pin"),
    path("voicemail/<int:pk>/pin/reset/", MailboxPinReset.as_view(), name="mailbox_pin_reset"),
    path("voicemail/<int:pk>/messages/", MailboxMessages.as_view(), name="mailbox_messages"),
    path("voicemail/<int:pk>/messages/change/", MailboxMessagesChange.as_view(), name="mailbox_messages_change"),
    path("voicemail/<int:pk>/messages/forward/", MailboxMessagesForward.as_view(), name="mailbox_messages_forward"),
    path("voicemail/<int:pk>/messages/remove/", MailboxMessagesRemove.as_view(), name="mailbox_messages_remove"),
    re_path(
        r"^voicemail/(?P<pk>[0-9]+)/messages/sound/(?P<message>[0-9A-Za-z-]{1,64})/$",
        MailboxMessage.as_view(),
        name="mailbox_message",
    ),
    path("settings/voicemail/", CompanyVoicemail.as_view(), name="voicemail_company"),
    path("teams/<int:pk>/voicemail/", TeamVoicemail.as_view(), name="team_voicemail"),
    re_path(
        r"^extensions/(?P<number>[0-9]{3,5})/voicemail/$", ExtensionVoicemail.as_view(), name="extension_voicemail"
    ),
]
