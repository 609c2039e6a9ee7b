"""Tables of call controls: blocked callers, sets of rules, kept call tests."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from extensions.models import BlockedCaller, CallTest, CallTestState, OutgoingRuleSet
from portal.core.phone_numbers import for_people
from portal.core.tables import PortalTable
from portal.core.templatetags.look import state_chip
from portal.permissions import Perm


class BlockedTable(PortalTable):
    """Exported with the columns and values that the import reads, so that a list can come back in."""

    match = tables.Column(verbose_name=_("Caller"))
    pattern = tables.Column(verbose_name=_("Number"))
    direction = tables.Column(verbose_name=_("Direction"))
    action = tables.Column(verbose_name=_("Then"))
    note = tables.Column(verbose_name=_("Note"))
    remove = tables.Column(verbose_name=_("Let through"), orderable=False, empty_values=())

    default_sort = "pattern"
    secondary = ("note",)
    empty_title = _("Nobody is blocked")
    empty_text = _("Block a number, the beginning of numbers, or callers without a number.")

    def keys(self) -> list[str]:
        """Without the button for those whom its page would refuse."""
        user: Any = self.portal_request.user
        return [key for key in self.base_columns if key != "remove" or user.may(Perm.CALL_CONTROL_UPDATE)]

    def heading(self) -> list[str]:
        """The names of the columns of a file, as the import knows them."""
        return [key for key in self.visible() if key != "remove"]

    def values(self, records: Any) -> Any:
        for record in records.iterator(chunk_size=2000):
            yield [getattr(record, key) for key in self.visible() if key != "remove"]

    def cell_match(self, record: BlockedCaller) -> str:
        return record.get_match_display()

    def cell_pattern(self, record: BlockedCaller) -> SafeString:
        return format_html('<span class="mono nowrap">{}</span>', record.pattern or "–")

    def cell_direction(self, record: BlockedCaller) -> str:
        return record.get_direction_display()

    def cell_action(self, record: BlockedCaller) -> str:
        return record.get_action_display()

    def cell_remove(self, record: BlockedCaller) -> SafeString:
        words, url = gettext("Let through"), reverse("extensions:unblock", args=[record.pk])
        return format_html(
            '<a class="btn btn-sm nowrap" href="{}">{}<span class="visually-hidden"> {}</span></a>', url, words, record
        )


class RuleSetTable(PortalTable):
    name = tables.Column(verbose_name=_("Name"))
    rules = tables.Column(verbose_name=_("Rules"), accessor="rule_count", order_by=("rule_count",))
    default = tables.Column(verbose_name=_("What no rule names"), order_by=("allow_by_default",))
    used = tables.Column(verbose_name=_("Used"), accessor="use_count", order_by=("use_count",))

    default_sort = "name"
    numeric = ("rules", "used")
    empty_title = _("No sets of rules yet")
    empty_text = _("Without one, internal, local, national and mobile calls are allowed, and no others.")

    def row_url(self, record: OutgoingRuleSet) -> str:
        return reverse("extensions:rules", args=[record.pk])

    def cell_name(self, record: OutgoingRuleSet) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.row_url(record), record.name)

    def value_default(self, record: OutgoingRuleSet) -> str:
        return gettext("Allowed") if record.allow_by_default else gettext("Denied")


class CallTestTable(PortalTable):
    name = tables.Column(verbose_name=_("Name"))
    state = tables.Column(verbose_name=_("Result"))
    call = tables.Column(verbose_name=_("Call"), order_by=("dialled", "caller"))
    at = tables.Column(verbose_name=_("When"))
    expected = tables.Column(verbose_name=_("Must happen"), accessor="expected_words", orderable=False)
    found = tables.Column(verbose_name=_("Happens"), accessor="found_words", orderable=False)
    ran_at = tables.Column(verbose_name=_("Last run"))

    default_sort = "name"
    secondary = ("expected", "ran_at", "at")
    empty_title = _("No tests kept yet")
    empty_text = _("Ask what happens to a call, then keep the answer as a test: it is run again after every change.")

    def row_url(self, record: CallTest) -> str:
        return reverse("extensions:call_test", args=[record.pk])

    def cell_name(self, record: CallTest) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.row_url(record), record.name)

    def cell_state(self, record: CallTest) -> SafeString:
        return state_chip(CallTestState(record.state))

    def value_state(self, record: CallTest) -> str:
        return record.get_state_display()

    def value_call(self, record: CallTest) -> str:
        caller = for_people(record.caller) if record.caller else gettext("no number")
        return f"{caller} → {record.dialled}"
