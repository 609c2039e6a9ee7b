"""Jobs as a list."""

import django_tables2 as tables
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal.core.tables import PortalTable
from portal.core.templatetags.look import state_chip
from portal.jobs.models import Job, JobState
from portal.jobs.outbox import PUBLIC
from portal.jobs.selectors import kind_title


class JobTable(PortalTable):
    """On the management host with the schema each job runs in."""

    title = tables.Column(verbose_name=_("Job"))
    state = tables.Column(verbose_name=_("Status"))
    progress = tables.Column(verbose_name=_("Progress"), order_by=("done",))
    kind = tables.Column(verbose_name=_("Kind"))
    schema = tables.Column(verbose_name=_("Schema"))
    owner = tables.Column(verbose_name=_("Started by"), order_by=("owner_name",))
    created = tables.Column(verbose_name=_("Recorded"), order_by=("created_at",))
    finished = tables.Column(verbose_name=_("Ended"), order_by=("finished_at",))

    default_sort = "-created"
    numeric = ("progress",)
    secondary = ("kind", "schema", "owner", "finished")
    empty_title = _("Nothing running")
    empty_text = _("Long work appears here while it runs and afterwards, with what became of it.")

    def keys(self) -> list[str]:
        on_management = connection.schema_name == PUBLIC
        return [key for key in self.base_columns if on_management or key != "schema"]

    def row_url(self, record: Job) -> str:
        return reverse("jobs:detail", args=[record.pk])

    def cell_title(self, record: Job) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.row_url(record), record.title)

    def value_state(self, record: Job) -> str:
        return str(JobState(record.state).label)

    def cell_state(self, record: Job) -> SafeString:
        return state_chip(JobState(record.state))

    def value_progress(self, record: Job) -> str:
        return f"{record.done} / {record.total}" if record.total else ""

    def value_kind(self, record: Job) -> str:
        return kind_title(record.kind)

    def value_owner(self, record: Job) -> str:
        return record.owner_name

    def value_created(self, record: Job) -> str:
        return record.created_at.isoformat(timespec="seconds")

    def value_finished(self, record: Job) -> str:
        return record.finished_at.isoformat(timespec="seconds") if record.finished_at else ""

    def cell_created(self, record: Job) -> SafeString | str:
        return _moment(record.created_at)

    def cell_finished(self, record: Job) -> SafeString | str:
        return _moment(record.finished_at)


def _moment(at: timezone.datetime | None) -> SafeString | str:
    if at is None:
        return ""
    local = timezone.localtime(at)
    shown = f"{date_format(local, 'SHORT_DATE_FORMAT')} {local:%H:%M:%S}"
    return format_html('<time class="nowrap" datetime="{}">{}</time>', at.isoformat(timespec="seconds"), shown)
