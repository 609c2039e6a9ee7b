"""The list of announcements and greetings."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

from extensions.models import AudioFile
from portal.core.tables import PortalTable


def minutes(milliseconds: int) -> str:
    """`1:05` for 65 seconds."""
    seconds = round(milliseconds / 1000)
    return f"{seconds // 60}:{seconds % 60:02d}"


class SoundTable(PortalTable):
    name = tables.Column(verbose_name=_("Name"))
    purpose = tables.Column(verbose_name=_("Purpose"))
    listen = tables.Column(verbose_name=_("Listen"), orderable=False, empty_values=())
    length = tables.Column(verbose_name=_("Length"), order_by=("milliseconds",))
    size = tables.Column(verbose_name=_("Size in KB"))
    used = tables.Column(verbose_name=_("Used in"))
    uploaded = tables.Column(verbose_name=_("Uploaded"), order_by=("uploaded_at",))

    default_sort = "name"
    numeric = ("length", "size", "used")
    secondary = ("size", "uploaded", "purpose")
    empty_title = _("No announcements or greetings yet")
    empty_text = _("Upload what callers hear: a welcome, closing hours, the greeting of a voicemail box.")

    def row_url(self, record: AudioFile) -> str:
        return reverse("extensions:sound", args=[record.pk])

    def cell_name(self, record: AudioFile) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.row_url(record), record.name)

    def value_purpose(self, record: AudioFile) -> str:
        return record.get_purpose_display()

    def value_listen(self, record: AudioFile) -> str:
        return record.format.upper()

    def cell_listen(self, record: AudioFile) -> SafeString:
        return format_html(
            '<audio class="player" controls preload="none" src="{}" aria-label="{}"></audio>',
            reverse("extensions:sound_file", args=[record.pk]),
            text("Listen to %(name)s") % {"name": record.name},
        )

    def value_length(self, record: AudioFile) -> str:
        return minutes(record.milliseconds)

    def value_size(self, record: AudioFile) -> int:
        return max(round(record.size / 1024), 1)

    def value_uploaded(self, record: AudioFile) -> object:
        return record.uploaded_at
