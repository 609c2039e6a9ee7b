"""Building the demonstration: templates, people, requests in several states, three tenants at work."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from extensions.emergency import PLACE
from extensions.models import Extension
from extensions.services.create import create_extension
from extensions.services.queue_parameters import edit_queue_parameters, publish_queue_parameters
from extensions.services.settings import change_settings
from extensions.services.suspend import suspend_extension
from extensions.settings.subjects import COMPANY
from portal.accounts.models import User
from portal.accounts.models.user import UserKind
from portal.accounts.services import create_user
from portal.accounts.services.passwords import change_password
from portal.audit.context import acting_as
from portal.core.addresses import origin_of
from portal.core.errors import DomainError
from portal.jobs.drain import run_everything_due
from portal.permissions import BuiltinRole
from portal.sites.demo.companies import (
    AWAITING,
    CANCELLED,
    CREATED,
    REJECTED,
    SCHEDULED,
    TEMPLATES,
    Company,
)
from portal.sites.demo.licences import hand_out, stock
from portal.sites.demo.telephony.furnish import furnish
from tenants.door import inside, inside_management
from tenants.models import ServiceTemplate, SubscriptionRequest, Tenant
from tenants.selectors.requests import offered_versions
from tenants.services.personnel import logon
from tenants.services.requests.decisions import cancel, reject
from tenants.services.requests.drafts import choose_template, save_tenant
from tenants.services.requests.order import check_tenant
from tenants.services.requests.submit import create_tenant_request
from tenants.services.templates.create import create_template
from tenants.services.templates.publish import publish_template

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
PEOPLE = (
    ("olivia.marsh", "Olivia Marsh", BuiltinRole.OPERATOR_ADMIN, UserKind.PERSON),
    ("oscar.lindt", "Oscar Lindt", BuiltinRole.OPERATOR_SUPPORT, UserKind.PERSON),
    ("rita.gomes", "Rita Gomes", BuiltinRole.RESELLER_ADMIN, UserKind.PERSON),
)


class NotEmpty(DomainError):
    """Demonstration data is made only where nobody's data can be mistaken for it."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in that was made. The password is known nowhere else."""

    who: str
    where: str
    logon: str
    password: str


def is_there() -> bool:
    """Whether this installation has the demonstration already."""
    names = [company.tenant["name"] for company in CREATED]
    return Tenant.objects.customers().filter(name__in=names).count() == len(names)


def build(*, at: datetime) -> list[SignIn]:
    """Make everything and return the sign-ins. Raises NotEmpty where tenants or requests exist."""
    with inside_management():
        if Tenant.objects.customers().exists() or SubscriptionRequest.objects.exists():
            raise NotEmpty(_("There are tenants or requests already. Demonstration data needs a new installation."))
        sign_ins, people = _people()
        _templates(people["Olivia Marsh"], at)
        olivia, rita = people["Olivia Marsh"], people["Rita Gomes"]
        for company in CREATED:  # one after the other, so that each gets the same number every time
            reference, password = _order(company, by=rita, at=at)
            run_everything_due()
            sign_ins += _furnish(company, reference=reference, password=password, at=at)
        for company in (AWAITING, REJECTED, CANCELLED):
            _order(company, by=rita, at=at)
        with acting_as(olivia):
            reject(request=_request(REJECTED), by=olivia, at=at, reason="The postal address could not be verified.")
            cancel(request=_request(CANCELLED), by=olivia, at=at, reason="Ordered twice by mistake")
        run_everything_due()
        _order(SCHEDULED, by=rita, at=at)
    return sign_ins


def _people() -> tuple[list[SignIn], dict[str, User]]:
    sign_ins, people = [], {}
    for name, display_name, role, kind in PEOPLE:
        password, username = new_password(), f"{name}@provider.example"
        people[display_name] = create_user(
            username=username,
            email=username,
            display_name=display_name,
            role=role,
            kind=kind,
            password_hash=make_password(password),
        )
        sign_ins.append(SignIn(f"{display_name}, {role.label}", _address_of_management(), username, password))
    return sign_ins, people


def _templates(by: User, at: datetime) -> None:
    with acting_as(by):
        for facts in TEMPLATES:
            if not ServiceTemplate.objects.filter(name=facts["name"]).exists():
                publish_template(template=create_template(facts=facts), by=by, at=at)


def _order(company: Company, *, by: User, at: datetime) -> tuple[str, str]:
    """Fill in the three tabs and press “Create Tenant”; returns the reference and the administrator's password."""
    password = new_password()
    version = next(one for one in offered_versions(by) if one.name == company.template)
    with acting_as(by):
        choose_template(by=by, version_id=version.pk)
        values = check_tenant(company.tenant, country=version.country)
        draft = save_tenant(by=by, values=values, password=password)
        request = create_tenant_request(token=draft.token, contact=company.contact, by=by, at=at, address=None)
    return request.reference, password


def _request(company: Company) -> SubscriptionRequest:
    return SubscriptionRequest.objects.get(name=company.tenant["name"])


def _furnish(company: Company, *, reference: str, password: str, at: datetime) -> list[SignIn]:
    """Put people to their desks inside the tenant that the request became, and furnish its telephone system."""
    tenant = SubscriptionRequest.objects.select_related("tenant").get(reference=reference).tenant
    if tenant is None:
        raise NotEmpty(_("The tenant %(name)s was not created; see its request.") % {"name": company.tenant["name"]})
    username = logon(company.tenant["user_name"], company.tenant["upn_suffix"])
    with inside(tenant):
        owner = User.objects.get(username__iexact=username)
    stock(tenant, by=owner, at=at)
    with inside(tenant):
        with acting_as(owner):
            _desks(company, by=owner, at=at)
            _callback(company, by=owner, at=at)
            place = ", ".join(company.contact[part] for part in ("street", "postal_code", "city"))
            change_settings(subject=COMPANY, values={PLACE: place}, by=owner)
            furnish(by=owner, at=at)
            hand_out(by=owner, at=at)
        where = origin_of(tenant.get_primary_domain().domain)
        sign_ins = [SignIn(f"{company.contact['contact_name']}, {BuiltinRole.OWNER.label}", where, username, password)]
        sign_ins += _others(where)
    run_everything_due()
    return sign_ins


def _others(where: str) -> list[SignIn]:
    """Passwords for one team manager and one end user with a telephone, in the active tenant."""
    found = []
    for role in (BuiltinRole.MANAGER, BuiltinRole.END_USER):
        rows = User.objects.filter(roles__code=role.value, extension__isnull=False).order_by("extension__number")
        person = rows.exclude(pk__in=[one.pk for one, _sign_in in found]).first()
        if person is not None:
            password = new_password()
            change_password(user=person, password=password)
            found.append((person, SignIn(f"{person}, {role.label}", where, person.username, password)))
    return [sign_in for _person, sign_in in found]


def _desks(company: Company, *, by: User, at: datetime) -> None:
    for desk in company.desks:
        create_extension(
            number=desk.number,
            first_name=desk.first_name,
            last_name=desk.last_name,
            email=f"{desk.mailbox}@{company.mail_domain}" if desk.mailbox else "",
            mobile=desk.mobile,
            by=by,
            at=at,
        )
    if company.suspended_desk:
        suspend_extension(extension=Extension.objects.get(number=company.suspended_desk), by=by)


def _callback(company: Company, *, by: User, at: datetime) -> None:
    """One tenant keeps the open task, so that it can be seen."""
    if company.callback:
        edit_queue_parameters(
            callback_folder_email=company.callback,
            callback_attempts=3,
            callback_expires_hours=24,
            announce_position=True,
            at=at,
        )
        publish_queue_parameters(by=by, at=at)


def new_password() -> str:
    """Four groups of four letters and digits, to be copied from a screen."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _place in range(4)) for _group in range(4))


def _address_of_management() -> str:
    domain = Tenant.objects.get(is_management=True).get_primary_domain()
    return origin_of(domain.domain)
