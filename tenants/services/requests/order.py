"""What an order must say: every field of the three tabs checked once, for the form and for the service (REG-14)."""

from collections.abc import Callable, Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from portal.accounts.models import User
from portal.core.errors import DomainError, Refusals
from portal.core.phone_numbers import to_e164
from tenants.models import TemplateVersion
from tenants.selectors.requests import offered_versions
from tenants.services.names import check_fqdn
from tenants.services.requests.rules import RULES, WrongShape, demand_fitting_logon, demand_visible

TENANT_FIELDS = ("name", "short_name", "upn_suffix", "fqdn", "user_name", "ani")
CONTACT_FIELDS = {  # with their longest values
    "contact_name": 150,
    "contact_email": 254,
    "contact_phone": 20,
    "company": 150,
    "street": 150,
    "city": 100,
    "postal_code": 20,
    "country": 2,
}
_ENTER = {
    "name": gettext_lazy("Enter the tenant's name."),
    "short_name": gettext_lazy("Enter a short name."),
    "upn_suffix": gettext_lazy("Enter the UPN suffix."),
    "user_name": gettext_lazy("Enter the administrator's user name."),
    "ani": gettext_lazy("Enter the number to present on outgoing calls."),
    "contact_name": gettext_lazy("Enter the contact's full name."),
    "contact_email": gettext_lazy("Enter the contact's e-mail address: the result is sent there."),
}


class NotOffered(DomainError):
    """The template is not, or no longer, offered to this person (TPL-08)."""


def demand_offered(*, version_id: int | None, by: User) -> TemplateVersion:
    """The chosen template version; raises NotOffered, on `template_version`, for none, a retired or a hidden one."""
    if version_id is None:
        raise NotOffered(_("Choose a template."), field="template_version")
    found = next((version for version in offered_versions(by) if version.pk == version_id), None)
    if found is None:
        message = _("This template is not offered, or has changed since you chose it. Choose again.")
        raise NotOffered(message, field="template_version")
    return found


def check_tenant(typed: Mapping[str, str], *, country: str) -> dict[str, str]:
    """The values of the Tenant tab as they are kept; raises Refusals by field. An empty FQDN stays empty."""
    kept = _check_all(TENANT_FIELDS, lambda field: check_tenant_field(field, typed.get(field, ""), country=country))
    try:
        demand_fitting_logon(user_name=kept["user_name"], suffix=kept["upn_suffix"])
    except WrongShape as wrong:
        raise Refusals({"upn_suffix": wrong.message}) from wrong
    return kept


def check_tenant_field(field: str, typed: str, *, country: str) -> str:
    """One value of the Tenant tab as it is kept; raises a DomainError with a sentence."""
    text = _trimmed(field, typed)
    if field == "fqdn":
        return check_fqdn(text) if text else ""
    if field == "ani":
        demand_visible(text)
        return to_e164(text, country=country, field=field)
    return RULES[field](text)


def check_contact(typed: Mapping[str, str]) -> dict[str, str]:
    """The values of the Contact tab as they are kept; raises Refusals by field."""
    country = str(typed.get("country", "") or "")
    return _check_all(CONTACT_FIELDS, lambda field: check_contact_field(field, typed.get(field, ""), country=country))


def check_contact_field(field: str, typed: str, *, country: str) -> str:
    """One value of the Contact tab as it is kept; raises a DomainError with a sentence."""
    text = _trimmed(field, typed)
    demand_visible(text)
    longest = CONTACT_FIELDS[field]
    if len(text) > longest:
        sentence = _("Use at most %(longest)d characters; these are %(length)d.")
        raise WrongShape(sentence % {"longest": longest, "length": len(text)})
    if field == "contact_phone" and text:
        return to_e164(text, country=country, field=field)
    if field == "country" and text and text not in countries:
        raise WrongShape(_("Choose a country from the list."))
    if field == "contact_email":
        try:
            validate_email(text)
        except ValidationError as wrong:
            raise WrongShape(_("Write an address such as anna@kenton-electronics.com.")) from wrong
    return text


def _trimmed(field: str, typed: str) -> str:
    text = str(typed or "").strip()
    if not text and field in _ENTER:
        raise WrongShape(str(_ENTER[field]))
    return text


def _check_all(fields: Mapping[str, int] | tuple[str, ...], check: Callable[[str], str]) -> dict[str, str]:
    kept, refused = {}, {}
    for field in fields:
        try:
            kept[field] = check(field)
        except DomainError as wrong:
            refused[field] = str(wrong.message)
    if refused:
        raise Refusals(refused)
    return kept
