"""Announcements and greetings: list, upload, listen, replace (SEC-07)."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.capacity import MEGABYTE, STORAGE, used_of_all
from extensions.filters.sounds import SoundFilter
from extensions.forms.sounds import ChangeSoundForm, UploadSoundForm
from extensions.models import AudioFile, AudioPurpose
from extensions.services.audio.keep import change_sound, sound_bytes, upload_sound
from extensions.services.audio.selectors import sounds
from extensions.services.deletion import dependants
from extensions.tables.sounds import SoundTable, minutes
from extensions.views.deletion import DeletePage
from extensions.views.sound_answer import sound_answer
from portal.core.pages import FormPage, ListPage, Page
from portal.permissions import Perm
from tenants.limits import limit_of


class SoundList(ListPage):
    permission = Perm.AUDIO_READ
    template = "sounds/list.html"
    table = SoundTable
    filter = SoundFilter
    export_name = "sounds"

    def rows(self) -> QuerySet[AudioFile]:
        return sounds()

    def context(self) -> dict[str, Any]:
        used = used_of_all()[STORAGE]
        return {"used_mb": round(used / MEGABYTE, 1), "limit_mb": limit_of(connection.tenant, STORAGE)}


class SoundUpload(FormPage):
    permission = Perm.AUDIO_CREATE
    template = "sounds/upload.html"
    form_class = UploadSoundForm
    done_message = _("Sound uploaded.")

    def initial(self) -> dict[str, Any]:
        return {"purpose": AudioPurpose.ANNOUNCEMENT}

    def perform(self, form: UploadSoundForm) -> str:
        sound = upload_sound(by=self.request.user, at=timezone.now(), **form.cleaned_data)
        return reverse("extensions:sound", args=[sound.pk])


class SoundDetail(Page):
    permission = Perm.AUDIO_READ
    template = "sounds/detail.html"

    def context(self) -> dict[str, Any]:
        sound = get_object_or_404(AudioFile.objects.select_related("uploaded_by"), pk=self.kwargs["pk"])
        facts = [
            {"label": _("Purpose"), "value": sound.get_purpose_display()},
            {"label": _("Length"), "value": minutes(sound.milliseconds)},
            {"label": _("Format"), "value": sound.format.upper()},
            {"label": _("Size in KB"), "value": max(round(sound.size / 1024), 1)},
            {"label": _("Uploaded"), "value": timezone.localtime(sound.uploaded_at)},
            {"label": _("By"), "value": sound.uploaded_by or ""},
        ]
        return {"sound": sound, "facts": facts, "groups": dependants(sound)[0]}


class SoundChange(FormPage):
    permission = Perm.AUDIO_CREATE
    template = "sounds/change.html"
    form_class = ChangeSoundForm
    done_message = _("Sound saved.")

    def sound(self) -> AudioFile:
        if not hasattr(self, "_sound"):
            self._sound = get_object_or_404(AudioFile, pk=self.kwargs["pk"])
        return self._sound

    def initial(self) -> dict[str, Any]:
        return {"name": self.sound().name}

    def context(self) -> dict[str, Any]:
        return {"sound": self.sound()}

    def perform(self, form: ChangeSoundForm) -> str:
        change_sound(sound=self.sound(), by=self.request.user, at=timezone.now(), **form.cleaned_data)
        return reverse("extensions:sound", args=[self.sound().pk])


class SoundDelete(DeletePage):
    """The file goes with its row, once nobody can undo it any more."""

    permission = Perm.AUDIO_DELETE

    def found(self) -> AudioFile:
        return get_object_or_404(AudioFile, pk=self.kwargs["pk"])


class SoundFile(Page):
    """The bytes, for the player and for `?download`."""

    permission = Perm.AUDIO_READ

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sound = get_object_or_404(AudioFile, pk=kwargs["pk"])
        try:
            content = sound_bytes(sound)
        except FileNotFoundError as missing:
            raise Http404 from missing
        return sound_answer(request, sound, content)
