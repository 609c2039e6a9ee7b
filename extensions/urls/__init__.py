"""A tenant's telephone system, one file for each topic; all names stand in the space `extensions:`."""

from django.urls import URLPattern, URLResolver

from extensions.urls import (
    deletions,
    extensions,
    feature_codes,
    own,
    presence,
    schedules,
    settings,
    sounds,
    teams,
    voicemail,
)
from extensions.urls import deletions, extensions, own, presence, settings, sounds, voicemail
from extensions.urls import conference, extensions, parking, presence, settings, sounds, voicemail

app_name = "extensions"
urlpatterns: list[URLPattern | URLResolver] = [
    *conference.urlpatterns,
    *extensions.urlpatterns,
    *feature_codes.urlpatterns,
    *own.urlpatterns,
    *parking.urlpatterns,
    *presence.urlpatterns,
    *deletions.urlpatterns,
    *schedules.urlpatterns,
    *settings.urlpatterns,
    *sounds.urlpatterns,
    *voicemail.urlpatterns,
    *teams.urlpatterns,
]
