"""The three tabs of the Tenant Registration page, and the doors before and after it (REG-02 to REG-13, REG-29)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from portal.accounts.models import User
from portal.accounts.policy import NewPasswordField
from portal.core.errors import DomainError, as_validation_error
from portal.core.forms import PasswordInput, PortalForm
from tenants.models import RegistrationDraft
from tenants.services.names import FQDN_LONGEST
from tenants.services.personnel import logon, personnel_id
from tenants.services.requests.order import (
    CONTACT_FIELDS,
    TENANT_FIELDS,
    check_contact_field,
    check_tenant_field,
)
from tenants.services.requests.rules import WrongShape, demand_fitting_logon


class CheckedField(forms.CharField):
    """Text whose shape one function of the domain knows; its sentence becomes the field's error."""

    check: Callable[[str], str] = str

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators = []  # the check says it better, NUL included

    def clean(self, value: Any) -> str:
        try:
            return self.check(str(value or ""))
        except DomainError as wrong:
            raise as_validation_error(wrong) from wrong


def _plain(label: Any, hint: Any = "", *, required: bool = True, **attrs: str) -> CheckedField:
    widget = forms.TextInput(attrs={"spellcheck": "false", **attrs})
    return CheckedField(label=label, help_text=hint, required=required, widget=widget)


class TemplateTab(PortalForm):
    """Which service template. Whether it is offered to this person is the service's question."""

    template_version = forms.IntegerField(
        label=_("Template"), required=False, error_messages={"invalid": _("Choose a template.")}
    )


class TenantTab(PortalForm):
    """Names, the administrator, and the number for outgoing calls. `draft` is what was kept before."""

    name = _plain(
        _("Name"),
        _("Letters and digits only, no spaces, underscores or special characters. Example: KentonElectronics."),
        autocapitalize="off",
        autocomplete="off",
    )
    short_name = _plain(
        _("Short Name"),
        _("2 to 12 letters and digits, no spaces, underscores or special characters. Example: ke."),
        autocapitalize="off",
        autocomplete="off",
    )
    upn_suffix = _plain(
        _("UPN Suffix"),
        _("Ends the e-mail address and logon of everybody in the tenant. Example: kenton-electronics.com."),
        autocapitalize="off",
        autocomplete="off",
    )
    user_name = _plain(
        _("User Name"),
        _("The tenant administrator. The system puts “prp” in front. Example: keAdmin."),
        autocapitalize="off",
        autocomplete="off",
    )
    password = NewPasswordField(
        first=True,
        error_messages={"required": _("Enter a password. It is asked again whenever this tab is changed.")},
    )
    confirm = forms.CharField(
        label=_("Confirm Password"),
        strip=False,
        widget=PasswordInput(new=True),
        error_messages={"required": _("Type the password a second time.")},
    )
    ani = _plain(
        _("ANI"),
        _("The number that outgoing calls present; usually the company's main number."),
        autocomplete="tel",
        inputmode="tel",
    )
    fqdn = _plain(
        _("FQDN"),
        format_lazy(
            _(
                "Where your people sign in: the company's own name, or a related one; at most {longest} characters."
                " Empty: made from the name."
            ),
            longest=FQDN_LONGEST,
        ),
        required=False,
        autocapitalize="off",
        autocomplete="off",
    )

    def __init__(self, *args: Any, draft: RegistrationDraft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        country = draft.template_version.country if draft.template_version else ""
        for name in TENANT_FIELDS:
            field = self.fields[name]
            field.check = partial(check_tenant_field, name, country=country)
            field.widget.attrs |= {
                "hx-post": f"{reverse('register:tenant')}?_validate={name}",
                "hx-trigger": "change",
                "hx-params": name,
                "hx-target": f"#div_id_{name}",
                "hx-swap": "outerHTML",
            }
        for name in ("password", "confirm"):
            self.fields[name].required = not (self.unchanged if self.is_bound else draft.password)
        self.fields["password"].user = self._future_user()

    @property
    def typed(self) -> dict[str, str]:
        """The tab as it was typed, passwords aside."""
        return {name: str(self.data.get(name) or "").strip() for name in TENANT_FIELDS}

    @property
    def values(self) -> dict[str, str]:
        """The checked tab, passwords aside."""
        return {name: self.cleaned_data[name] for name in TENANT_FIELDS}

    @property
    def unchanged(self) -> bool:
        """Nothing was edited since the tab was finished: the password need not be typed again."""
        untouched = not self.data.get("password") and not self.data.get("confirm")
        return bool(self.draft.password) and untouched and self.typed == self.draft.tenant

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, second = self.data.get("password"), cleaned.get("confirm")
        if second and first and first != second:
            self.add_error("confirm", _now("The two passwords differ. Type the same one twice."))
        if "user_name" in cleaned and "upn_suffix" in cleaned:
            try:
                demand_fitting_logon(user_name=cleaned["user_name"], suffix=cleaned["upn_suffix"])
            except WrongShape as wrong:
                self.add_error("upn_suffix", as_validation_error(wrong))
        return cleaned

    def _future_user(self) -> User:
        """Whom the password will belong to, for the rule that it must not contain one's own name."""
        user_name = str(self.data.get("user_name") or "").strip()[:32]
        suffix = str(self.data.get("upn_suffix") or "").strip()[:100]
        return User(
            username=logon(user_name, suffix), personnel_id=personnel_id(user_name), display_name=user_name, email=""
        )


class ContactTab(PortalForm):
    """Who is told of the result."""

    contact_name = _plain(_("Full name"), autocomplete="name")
    contact_email = _plain(
        _("E-mail address"), _("The result of your request is sent here."), autocomplete="email", inputmode="email"
    )
    contact_phone = _plain(_("Telephone"), required=False, autocomplete="tel", inputmode="tel")
    company = _plain(_("Company"), required=False, autocomplete="organization")
    street = _plain(_("Street"), required=False, autocomplete="street-address")
    city = _plain(_("City"), required=False, autocomplete="address-level2")
    postal_code = _plain(_("Postal code"), required=False, autocomplete="postal-code")
    country = CheckedField(label=_("Country"), required=False, widget=forms.Select(attrs={"autocomplete": "country"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].widget.choices = [("", _("Not given")), *countries]
        country = str(self.data.get("country") or "")
        for name in CONTACT_FIELDS:
            self.fields[name].check = partial(check_contact_field, name, country=country)

    @property
    def typed(self) -> dict[str, str]:
        """The tab as it was typed."""
        return {name: str(self.data.get(name) or "").strip() for name in CONTACT_FIELDS}


class EmailForm(PortalForm):
    """A prospect's first step. `website` is for machines only: people do not see it (REG-28)."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=150,
        help_text=_("We send a link to this address. It works for 7 days."),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Write an address such as anna@kenton-electronics.com."),
            "max_length": _("Use at most 150 characters."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(required=False)
    submit_label = _("Send me a link")


class StatusForm(PortalForm):
    """What opens the public status page: the reference and the e-mail address of the request."""

    reference = forms.CharField(
        label=_("Reference"),
        max_length=40,
        help_text=_("For example TR-7K3M-9QXT."),
        error_messages={"required": _("Enter the reference of the request.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The one given with the request."),
        error_messages={"required": _("Enter the e-mail address given with the request.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    submit_label = _("Show the status")
