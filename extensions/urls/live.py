"""What telephones and calls do now."""

from django.urls import path, re_path

from extensions.views.live.board import FavouriteToggle, HangUp, LiveBoard, LiveChannels
from extensions.views.live.extension import ExtensionLive
from extensions.views.own.panel import MyPanel

urlpatterns = [
    path("live/", LiveBoard.as_view(), name="live"),
    path("live/channels/", LiveChannels.as_view(), name="live_channels"),
    path("live/hang-up/", HangUp.as_view(), name="live_hang_up"),
    re_path(r"^live/favourites/(?P<number>[0-9]{3,5})/$", FavouriteToggle.as_view(), name="live_favourite"),
    re_path(r"^extensions/(?P<number>[0-9]{3,5})/live/$", ExtensionLive.as_view(), name="extension_live"),
    path("me/panel/", MyPanel.as_view(), name="me_panel"),
]
