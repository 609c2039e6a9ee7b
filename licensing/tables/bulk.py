"""The list of assignment templates, and the rows of one (BLK-04, BLK-20)."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from licensing.bulk.namesakes import Candidates, candidates_for
from licensing.bulk.problems import sentence
from licensing.bulk.states import ASSIGN, BUTTONS, DELETE, DUPLICATE, LICENCES, REPORT, USERS
from licensing.models import AssignmentRow, AssignmentTemplate, BulkState, RowState
from portal.core.tables import PortalTable
from portal.core.templatetags.look import icon, short_id, state_chip, tone_chip
from portal.permissions import Perm

# What each button is called, its icon, and its page.
LOOKS = {
    LICENCES: (gettext_lazy("Licenses"), "license", "licensing:bulk_licences"),
    USERS: (gettext_lazy("Users"), "users", "licensing:bulk_users"),
    ASSIGN: (gettext_lazy("Assign"), "player-play", "licensing:bulk_start"),
    REPORT: (gettext_lazy("Report"), "list-check", "licensing:bulk_report"),
    DUPLICATE: (gettext_lazy("Duplicate"), "copy", "licensing:bulk_duplicate"),
    DELETE: (gettext_lazy("Delete"), "trash", "licensing:bulk_delete"),
}
_AT_ONCE = 2000  # rows of an export
CHANGING = frozenset({ASSIGN, DUPLICATE, DELETE})


def buttons_of(template: AssignmentTemplate, *, may_change: bool) -> SafeString:
    """Exactly the buttons of the template's state (BLK-16 to BLK-19), without those that this person may not use."""
    state = BulkState(template.state)
    found = [_button(template, one) for one in BUTTONS[state] if may_change or one not in CHANGING]
    return format_html('<span class="row-actions">{}</span>', format_html_join("", "{}", ((one,) for one in found)))


def _button(template: AssignmentTemplate, one: str) -> SafeString:
    label, drawing, url = LOOKS[one]
    what = _("%(button)s: %(name)s") % {"button": label, "name": template.name}
    if one == ASSIGN and not template.total:
        why = _("There are no users yet.")
        return format_html(
            '<span class="btn btn-sm btn-start" role="link" aria-disabled="true" tabindex="0" title="{}" '
            'aria-label="{}. {}">{}{}</span>',
            why, what, why, icon(drawing), label,
        )  # fmt: skip
    css = {ASSIGN: " btn-primary btn-start", DELETE: " btn-outline-danger"}.get(one, "")
    address = reverse(url, args=[template.uuid])
    return format_html(
        '<a class="btn btn-sm{}" href="{}" aria-label="{}">{}{}</a>', css, address, what, icon(drawing), label
    )


class BulkTable(PortalTable):
    uuid = tables.Column(verbose_name=gettext_lazy("UUID"), orderable=False)
    name = tables.Column(verbose_name=gettext_lazy("Name"))
    total = tables.Column(verbose_name=gettext_lazy("Total users"))
    status = tables.Column(verbose_name=gettext_lazy("Status"), order_by=("state",))
    created = tables.Column(verbose_name=gettext_lazy("Created"), order_by=("created_at",))
    actions = tables.Column(verbose_name=gettext_lazy("Actions"), orderable=False)

    default_sort = "-created"
    numeric = ("total",)
    optional = ("created",)
    empty_title = gettext_lazy("No assignment templates yet")
    empty_text = gettext_lazy("Assign licenses to many people at once: a name, the add-ons, and a file of users.")

    def value_uuid(self, record: AssignmentTemplate) -> str:
        return str(record.uuid)

    def cell_uuid(self, record: AssignmentTemplate) -> SafeString:
        return format_html(
            '<span class="copyable"><span class="clip mono" title="{}">{}</span>'
            '<button class="copy needs-js" type="button" data-behaviour="copy" data-copy="{}" aria-label="{}">'
            "{}</button></span>",
            record.uuid, short_id(record.uuid), record.uuid, _("Copy %(what)s") % {"what": record.uuid}, icon("copy"),
        )  # fmt: skip

    def cell_name(self, record: AssignmentTemplate) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.row_url(record), record.name)

    def value_status(self, record: AssignmentTemplate) -> str:
        return str(BulkState(record.state).label)

    def cell_status(self, record: AssignmentTemplate) -> SafeString:
        return state_chip(BulkState(record.state))

    def value_created(self, record: AssignmentTemplate) -> Any:
        return record.created_at

    def value_actions(self, record: AssignmentTemplate) -> str:
        return ""

    def cell_actions(self, record: AssignmentTemplate) -> SafeString:
        user: Any = self.portal_request.user
        return buttons_of(record, may_change=user.may(Perm.LICENCE_UPDATE))

    def row_url(self, record: AssignmentTemplate) -> str:
        page = "licensing:bulk_users" if record.state == BulkState.DRAFT else "licensing:bulk_report"
        return reverse(page, args=[record.uuid])


class _RowTable(PortalTable):
    """What drafts and reports share: a row with its problems in words."""

    row = tables.Column(verbose_name=gettext_lazy("Row"), order_by=("position",))
    ext_key = tables.Column(verbose_name=gettext_lazy("Ext Key"))
    user = tables.Column(verbose_name=gettext_lazy("User"), order_by=("person",))
    number = tables.Column(verbose_name=gettext_lazy("Number"))

    default_sort = "row"
    numeric = ("row",)
    people: Candidates | None = None

    def value_row(self, record: AssignmentRow) -> Any:
        return record.line or record.position

    def cell_ext_key(self, record: AssignmentRow) -> SafeString:
        return format_html('<span class="mono">{}</span>', record.ext_key)

    def cell_number(self, record: AssignmentRow) -> SafeString:
        return format_html('<span class="mono">{}</span>', record.number)

    def value_user(self, record: AssignmentRow) -> str:
        return record.user_name or record.person

    def values(self, records: QuerySet) -> Iterator[list[Any]]:
        """For an export: candidates are looked up for many rows at once."""
        shown, found = self.visible(), records.iterator(chunk_size=_AT_ONCE)
        while part := list(islice(found, _AT_ONCE)):
            self.people = candidates_for(part)
            yield from ([self.value(key, record) for key in shown] for record in part)

    def words(self, record: AssignmentRow) -> str:
        """Its problems as sentences."""
        if not record.problems:
            return ""
        if self.people is None:
            shown: Any = self.sheet
            self.people = candidates_for(list(shown) or [record])
        return " ".join(sentence(record, problem, self.people) for problem in record.problems)


class UsersTable(_RowTable):
    check = tables.Column(verbose_name=gettext_lazy("Check"), orderable=False)
    remove = tables.Column(verbose_name=gettext_lazy("Remove"), orderable=False)

    empty_title = gettext_lazy("No users yet")
    empty_text = gettext_lazy("Upload a file, or type a user. The sample files show what a file looks like.")

    def __init__(self, data: QuerySet, *, request: HttpRequest, removable: bool = False) -> None:
        super().__init__(data, request=request)
        self.removable = removable

    def visible(self) -> list[str]:
        return [key for key in super().visible() if key != "remove" or self.removable]

    def value_check(self, record: AssignmentRow) -> str:
        return self.words(record) or _("Fine")

    def cell_check(self, record: AssignmentRow) -> SafeString:
        if not record.problems:
            return tone_chip("good", _("Fine"))
        return format_html("{} {}", tone_chip("failed", _("Problem")), self.words(record))

    def value_remove(self, record: AssignmentRow) -> str:
        return ""

    def cell_remove(self, record: AssignmentRow) -> SafeString:
        url = reverse("licensing:bulk_remove_user", args=[self.portal_request.resolver_match.kwargs["uuid"], record.pk])
        label = _("Remove %(user)s from the list") % {"user": record.person or record.ext_key}
        return format_html(
            '<button class="btn btn-sm btn-icon" type="submit" form="row-form" formaction="{}" aria-label="{}">'
            "{}</button>",
            url, label, icon("trash"),
        )  # fmt: skip


class ReportTable(_RowTable):
    addons = tables.Column(verbose_name=gettext_lazy("Add-ons"), orderable=False)
    outcome = tables.Column(verbose_name=gettext_lazy("Outcome"), order_by=("state",))
    reason = tables.Column(verbose_name=gettext_lazy("Reason"), orderable=False)

    secondary = ("addons",)

    def __init__(self, data: QuerySet, *, request: HttpRequest, addon_names: str = "") -> None:
        super().__init__(data, request=request)
        self.addon_names = addon_names

    def value_addons(self, record: AssignmentRow) -> str:
        return self.addon_names if record.state in (RowState.ASSIGNED, RowState.UNDONE) else ""

    def value_outcome(self, record: AssignmentRow) -> str:
        return str(RowState(record.state).label)

    def cell_outcome(self, record: AssignmentRow) -> SafeString:
        return state_chip(RowState(record.state))

    def value_reason(self, record: AssignmentRow) -> str:
        return self.words(record)
