"""What operators type about a service template (TPL-01)."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from portal.core.forms import PortalForm
from tenants.forms.tenants import MOST_CHANNELS, MOST_EXTENSIONS, further_limit_fields
from tenants.limits import DEFAULTS
from tenants.models import Audience, ServiceTemplate
from tenants.models.template import ApprovalPolicy, StartPolicy
from tenants.selectors.catalogue import addons_on_offer

ADDON = "addon_"  # before the code of an add-on: the name of its field


class TemplateForm(PortalForm):
    name = forms.CharField(label=_("Name"), max_length=63)
    description = forms.CharField(
        label=_("Description"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
    services = forms.CharField(
        label=_("Included services"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One a line. Prospects see them as a list."),
    )
    price = forms.DecimalField(
        label=_("Price a month"),
        max_digits=10,
        decimal_places=2,
        min_value=0,
        required=False,
        help_text=_("Leave it empty to show no price."),
    )
    currency = forms.CharField(
        label=_("Currency"),
        max_length=3,
        initial="EUR",
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Use the three letters of the currency, for example EUR."))],
    )
    product = forms.CharField(label=_("Product type"), max_length=80)
    country = forms.ChoiceField(
        label=_("Country"), required=False, help_text=_("Telephone numbers typed without a country belong to it.")
    )
    max_extensions = forms.IntegerField(label=_("Extensions"), min_value=1, max_value=MOST_EXTENSIONS, initial=50)
    max_channels = forms.IntegerField(
        label=_("Channels"), min_value=1, max_value=MOST_CHANNELS, initial=10, help_text=_("Calls at the same time.")
    )
    audience = forms.ChoiceField(label=_("Offered to"), choices=Audience.choices)
    start = forms.ChoiceField(label=_("Start"), choices=StartPolicy.choices)
    approval = forms.ChoiceField(label=_("Approval"), choices=ApprovalPolicy.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Any")), *countries]
        further, included = further_limit_fields(), included_addon_fields()
        self.fields.update(further | included)
        first = [name for name in ("name", "source") if name in self.fields]
        self.helper.layout = Layout(
            Fieldset(_("What it is"), *first, "description", "services", "product", "country"),
            Fieldset(_("Price and limits"), "price", "currency", "max_extensions", "max_channels"),
            Fieldset(_("Further limits"), *further),
            Fieldset(_("Included add-on licenses"), *included),
            Fieldset(_("Who gets it, and when"), "audience", "start", "approval"),
        )

    def facts(self) -> dict[str, Any]:
        """The cleaned facts, with the further limits by SKU in one, and the included add-ons by code in another."""
        values = dict(self.cleaned_data)
        given = {name.removeprefix(ADDON): values.pop(name) for name in list(values) if name.startswith(ADDON)}
        limits = {sku.value: values.pop(sku.value) for sku in DEFAULTS}
        return {**values, "limits": limits, "addons": {code: count for code, count in given.items() if count}}

    def clean_currency(self) -> str:
        return self.cleaned_data["currency"].upper()


def included_addon_fields() -> dict[str, forms.IntegerField]:
    """A field for each add-on that is offered: how many licences of it the package includes (TPL-02)."""
    return {
        f"{ADDON}{sku.code}": forms.IntegerField(
            label=sku.name, min_value=0, max_value=MOST_EXTENSIONS, required=False, help_text=_("Empty: none.")
        )
        for sku in addons_on_offer()
    }


def included_addons(stored: dict[str, int]) -> dict[str, int]:
    """What those fields show."""
    return {f"{ADDON}{code}": count for code, count in stored.items()}


class NewTemplateForm(TemplateForm):
    source = forms.ModelChoiceField(
        label=_("Start from"),
        queryset=ServiceTemplate.objects.none(),
        required=False,
        empty_label=_("An empty phone system"),
        help_text=_("The content of that template's working copy is copied."),
    )
    submit_label = _("Create template")

    def __init__(self, *args: Any, sources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources


class TemplateFromTenantForm(PortalForm):
    """A template made from a tenant: its name, and which parts it takes over (TPL-05)."""

    name = forms.CharField(label=_("Name"), max_length=63)
    description = forms.CharField(
        label=_("Description"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
    areas = forms.MultipleChoiceField(
        label=_("Parts"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What a part needs comes along. Users, extensions, numbers, secrets and recordings never do."),
        error_messages={"required": _("Choose at least one part.")},
    )
    submit_label = _("Make template")

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].choices = areas


class EmptyForm(PortalForm):
    """A question that is answered by its button alone."""
