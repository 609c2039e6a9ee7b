"""Voicemail boxes and how they work."""

from django.urls import path, re_path

from extensions.views.voicemail import MailboxCreate, MailboxDelete, MailboxDetail, MailboxEdit, MailboxList
from extensions.views.voicemail_box import MailboxGreeting, MailboxPin, MailboxPinLink, MailboxPinReset
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
    path("settings/voicemail/", CompanyVoicemail.as_view(), name="voicemail_company"),
    path("teams/<int:pk>/voicemail/", TeamVoicemail.as_view(), name="team_voicemail"),
    re_path(
        r"^extensions/(?P<number>[0-9]{3,5})/voicemail/$", ExtensionVoicemail.as_view(), name="extension_voicemail"
    ),
]
