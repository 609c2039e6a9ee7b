"""The lists of key templates and of what they are used for (BLF-05)."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from extensions.models import KeyPanel
from extensions.phone_models import model_of
from portal.core.tables import PortalTable
from portal.core.templatetags.look import tone_chip


class KeyTemplateTable(PortalTable):
    name = tables.Column(verbose_name=_("Name"))
    model = tables.Column(verbose_name=_("Drawn for"))
    keys_count = tables.Column(verbose_name=_("Keys"), order_by=("keys_count",))
    linked_count = tables.Column(verbose_name=_("Linked"), order_by=("linked_count",))
    copied_count = tables.Column(verbose_name=_("Copies"), order_by=("copied_count",))
    drifted_count = tables.Column(verbose_name=_("Drifted"), order_by=("drifted_count",))

    default_sort = "name"
    numeric = ("keys_count", "linked_count", "copied_count", "drifted_count")
    secondary = ("model", "keys_count")
    empty_title = _("No key templates yet")
    empty_text = _("A template is a set of keys for many telephones: make one here, or save the keys of an extension.")

    def row_url(self, record: KeyPanel) -> str:
        return reverse("extensions:key_template", args=[record.pk])

    def cell_name(self, record: KeyPanel) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.row_url(record), record.name)

    def value_model(self, record: KeyPanel) -> str:
        return str(model_of(record.model))

    def cell_drifted_count(self, record: KeyPanel) -> str | SafeString:
        count: int = record.drifted_count  # type: ignore[attr-defined]
        if not count:
            return "0"
        address = reverse("extensions:key_template_uses", args=[record.pk])
        return format_html('<a href="{}">{}</a>', address, tone_chip("warning", str(count)))


class UsesTable(PortalTable):
    number = tables.Column(verbose_name=_("Extension"), order_by=("extension__number",))
    name = tables.Column(verbose_name=_("Name"), order_by=("extension__directory_name",))
    use = tables.Column(verbose_name=_("Use"), order_by=("linked",))

    default_sort = "number"
    empty_title = _("Nobody uses this template yet")
    empty_text = _("Apply it to the extensions that are to have these keys.")

    def value_number(self, record: KeyPanel) -> str:
        return record.extension.number if record.extension else ""

    def cell_number(self, record: KeyPanel) -> SafeString:
        number = self.value_number(record)
        return format_html('<a class="mono" href="{}">{}</a>', reverse("extensions:keys", args=[number]), number)

    def value_name(self, record: KeyPanel) -> str:
        return record.extension.directory_name if record.extension else ""

    def value_use(self, record: KeyPanel) -> str:
        if record.linked:
            return _g("Linked")
        same = record.own_keys == record.template_keys  # type: ignore[attr-defined]
        return _g("Copy, the same") if same else _g("Copy, drifted")

    def cell_use(self, record: KeyPanel) -> SafeString:
        if record.linked:
            return tone_chip("progress", _g("Linked"), "link")
        if record.own_keys == record.template_keys:  # type: ignore[attr-defined]
            return tone_chip("good", _g("Copy, the same"))
        address = reverse("extensions:keys_compare", args=[self.value_number(record)])
        chip = tone_chip("warning", _g("Copy, drifted"))
        return format_html('{} <a class="text-link" href="{}">{}</a>', chip, address, _g("Compare"))
