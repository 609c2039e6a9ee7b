"""Lists of the pages under /me/."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.models import SpeedDial
from extensions.tables.speed_dials import DialTable
from portal.permissions import Perm


class MyDialTable(DialTable):
    """One's own speed dials, which one may change, and everybody's."""

    empty_text = _("A speed dial is a code from *0 to *99 that your telephone dials for a longer number.")

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        self.may_change = request.user.may(Perm.OWN_SPEED_DIAL)  # type: ignore[union-attr]

    def row_url(self, record: SpeedDial) -> str:
        if record.extension_id is None or not self.may_change:
            return ""
        return reverse("extensions:me_speed_dial", args=[record.pk])
