"""Recorded calls: the list, and their sound (CTL-07)."""

from typing import Any

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from extensions.services.ask_pbx import PbxSilent
from extensions.services.recordings import (
    RecordingGone,
    days_kept,
    named,
    play_recording,
    recordings_for,
)
from extensions.views.sound_answer import audio_answer, begins
from portal.core.pages import Page
from portal.permissions import Perm

PER_PAGE = 50


class Recordings(Page):
    """What was recorded, the newest first."""

    permission = Perm.RECORDING_PLAY
    template = "calls/recordings.html"

    def context(self) -> dict[str, Any]:
        by: Any = self.request.user
        fault = ""
        try:
            found = recordings_for(by)
        except PbxSilent as away:
            found, fault = [], away.message
        sheet = Paginator(found, PER_PAGE).get_page(self.request.GET.get("page"))
        tapes = [(one, reverse("extensions:recording", args=[one.recording.id])) for one in named(list(sheet))]
        return {"tapes": tapes, "sheet": sheet, "fault": fault, "days": days_kept()}


class PlayRecording(Page):
    """The sound, for the player and for `?download`."""

    permission = Perm.RECORDING_PLAY

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        by: Any = request.user
        asked = {"download": "download" in request.GET, "begins": begins(request), "at": timezone.now()}
        try:
            sound = play_recording(recording=kwargs["recording"], by=by, **asked)
        except RecordingGone as gone:
            raise Http404 from gone
        except PbxSilent as away:
            toasts.error(request, away.message)
            return HttpResponseRedirect(reverse("extensions:recordings"))
        return audio_answer(request, f"{kwargs['recording']}.wav", sound)
