"""What operators type about a tenant (TEN-03, TEN-08)."""

from typing import Any

from django import forms
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from timezone_field import TimeZoneFormField

from portal.core.errors import DomainError, as_validation_error
from portal.core.forms import PortalForm
from tenants.limits import DEFAULTS
from tenants.services.names import FQDN_LONGEST
from tenants.services.requests.rules import clean_name, clean_short_name

MOST_EXTENSIONS = 100_000
MOST_CHANNELS = 100_000


class RenameForm(PortalForm):
    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("Letters and digits only, for example KentonElectronics.")
    )
    short_name = forms.CharField(label=_("Short name"), max_length=200, help_text=_("For example ke."))
    submit_label = _("Rename")

    def clean_name(self) -> str:
        try:
            return clean_name(self.cleaned_data["name"])
        except DomainError as refusal:
            raise as_validation_error(refusal) from refusal

    def clean_short_name(self) -> str:
        try:
            return clean_short_name(self.cleaned_data["short_name"])
        except DomainError as refusal:
            raise as_validation_error(refusal) from refusal


class ProductForm(PortalForm):
    product = forms.ChoiceField(
        label=_("Product type"),
        choices=(),
        help_text=_("Product types come from service templates. The limits stay as they are."),
    )
    submit_label = _("Change product")

    def __init__(self, *args: Any, products: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"].choices = [(name, name) for name in products]


def further_limit_fields() -> dict[str, forms.IntegerField]:
    """A field for each limit without a column of its own, named by its SKU (TEN-06)."""
    return {
        sku.value: forms.IntegerField(
            label=capfirst(str(sku.label)),
            min_value=0,
            max_value=MOST_EXTENSIONS,
            required=False,
            help_text=_("Empty: without limit."),
        )
        for sku in DEFAULTS
    }


def further_limits(stored: dict[str, Any]) -> dict[str, int | None]:
    """What those fields show: the stored limit, else the product's default."""
    return {sku.value: stored.get(sku.value, default) for sku, default in DEFAULTS.items()}


class LimitsForm(PortalForm):
    max_extensions = forms.IntegerField(label=_("Extensions"), min_value=0, max_value=MOST_EXTENSIONS)
    max_channels = forms.IntegerField(
        label=_("Channels"), min_value=0, max_value=MOST_CHANNELS, help_text=_("Calls at the same time.")
    )
    submit_label = _("Change limits")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(further_limit_fields())

    def limits(self) -> dict[str, int | None]:
        """The limits without a column of their own, by SKU; None is no limit."""
        return {sku.value: self.cleaned_data[sku.value] for sku in DEFAULTS}


class AddressForm(PortalForm):
    fqdn = forms.CharField(
        label=_("FQDN"),
        max_length=300,
        help_text=format_lazy(
            _("Use the company's own name or a related name. At most {longest} characters."), longest=FQDN_LONGEST
        ),
    )
    submit_label = _("Change address")


class ZoneForm(PortalForm):
    time_zone = TimeZoneFormField(label=_("Time zone"))
    submit_label = _("Change time zone")


class AdministratorForm(PortalForm):
    user = forms.TypedChoiceField(label=_("Administrator"), choices=(), coerce=int, widget=forms.RadioSelect)
    submit_label = _("Send link")

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = people
        if len(people) == 1:
            self.fields["user"].initial = people[0][0]
        if not people:
            self.fields["user"].help_text = _("Nobody who administers this tenant may sign in.")


class SuspendForm(PortalForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Operators see it; the tenant's users do not.")
    )
    submit_label = _("Suspend")


class ResumeForm(PortalForm):
    reason = forms.CharField(label=_("Remark"), max_length=300, required=False)
    submit_label = _("Resume")
