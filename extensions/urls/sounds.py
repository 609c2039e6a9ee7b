"""Announcements and greetings."""

from django.urls import path

from extensions.views.sounds import SoundChange, SoundDelete, SoundDetail, SoundFile, SoundList, SoundUpload

urlpatterns = [
    path("sounds/", SoundList.as_view(), name="sounds"),
    path("sounds/new/", SoundUpload.as_view(), name="sound_upload"),
    path("sounds/<int:pk>/", SoundDetail.as_view(), name="sound"),
    path("sounds/<int:pk>/change/", SoundChange.as_view(), name="sound_change"),
    path("sounds/<int:pk>/delete/", SoundDelete.as_view(), name="sound_delete"),
    path("sounds/<int:pk>/file/", SoundFile.as_view(), name="sound_file"),
]
