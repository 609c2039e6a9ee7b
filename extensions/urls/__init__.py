"""A tenant's telephone system, one file for each topic; all names stand in the space `extensions:`."""

from django.urls import URLPattern, URLResolver

from extensions.urls import (
    calls,
    check,
    conference,
    deletions,
    extensions,
    feature_codes,
    keys,
    live,
    own,
    parking,
    phones,
    presence,
    schedules,
    settings,
    sounds,
    speed_dials,
    teams,
    voicemail,
)

app_name = "extensions"
urlpatterns: list[URLPattern | URLResolver] = [
    *conference.urlpatterns,
    *calls.urlpatterns,
    *extensions.urlpatterns,
    *check.urlpatterns,
    *feature_codes.urlpatterns,
    *live.urlpatterns,
    *own.urlpatterns,
    *parking.urlpatterns,
    *presence.urlpatterns,
    *deletions.urlpatterns,
    *schedules.urlpatterns,
    *keys.urlpatterns,
    *phones.urlpatterns,
    *speed_dials.urlpatterns,
    *settings.urlpatterns,
    *sounds.urlpatterns,
    *voicemail.urlpatterns,
    *teams.urlpatterns,
]
