"""Cells that every list of extensions has in common."""

from functools import cached_property
from html import escape as escape_text
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from extensions.models import Extension, ExtensionState
from portal.core.phone_numbers import for_people
from portal.core.tables import PortalTable
from portal.core.templatetags.look import state_chip


class ExtensionCells(PortalTable):
    """Rows with `user_name`, `outside` and `addon_names` annotated. What is the same for all rows is worked out once.

    Columns: number, name, user, outside, addons, status.
    """

    @cached_property
    def _address(self) -> str:
        """The page of an extension, with a gap for its number."""
        return reverse("extensions:detail", args=["00000"]).replace("00000", "%s")

    @cached_property
    def _chips(self) -> dict[str, SafeString]:
        return {state.value: state_chip(state) for state in ExtensionState}

    def row_url(self, record: Extension) -> str:
        return SafeString(self._address % record.number)  # the number is digits: a constraint of the table

    def cell_number(self, record: Extension) -> SafeString:
        return SafeString(f'<a class="mono" href="{self._address % record.number}">{record.number}</a>')

    def value_name(self, record: Extension) -> str:
        return record.directory_name

    def value_user(self, record: Any) -> str:
        return record.user_name or ""

    def value_outside(self, record: Any) -> str:
        return record.outside or ""

    def cell_outside(self, record: Any) -> SafeString:
        shown = escape_text(for_people(record.outside)) if record.outside else ""
        return SafeString(f'<span class="nowrap">{shown}</span>' if shown else "")

    def value_addons(self, record: Any) -> str:
        return record.addon_names or ""

    def cell_addons(self, record: Any) -> SafeString:
        return SafeString(f'<span class="cut">{escape_text(record.addon_names)}</span>' if record.addon_names else "")

    def value_status(self, record: Extension) -> str:
        return record.get_state_display()

    def cell_status(self, record: Extension) -> SafeString:
        return self._chips[record.state]
