"""The tenants that pictures are taken of: one with nothing, one with very much; and signing in to them."""

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.test import Client

from portal.accounts.models import Role, User
from portal.permissions import BuiltinRole
from tenants.door import inside
from tenants.models import Platform, TemplateVersion, Tenant, TenantKind, TenantState
from tenants.services.cloning import clone_schema
from tests.proofs.pictures import crowd, licences, past, platform, things

EMPTY, FULL = "Emptyhouse", "Fullhouse"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A host and the cookies of somebody who is signed in there."""

    host: str
    cookies: dict[str, str]


def prepare(say: Callable[[str], None]) -> None:
    """An installation with the demonstration, the empty tenant and the full one; what is there already stays."""
    call_command("upgrade", verbosity=0)
    call_command("init", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    there = set(Tenant.objects.customers().values_list("name", flat=True))
    if FULL in there:
        return
    say("Making the demonstration")
    call_command("demo", stdout=StringIO())
    management = Tenant.objects.get(schema_name="public")
    management.domains.update_or_create(domain=settings.PORTAL_MANAGEMENT_FQDN, defaults={"is_primary": True})
    say("Making a tenant with nothing in it, and one with very much")
    with transaction.atomic():
        _tenant(EMPTY, "emptyhouse.localhost", max_extensions=50, max_channels=10)
        full = _tenant(FULL, "fullhouse.localhost", max_extensions=20_000, max_channels=500)
        with inside(full):
            owner = person(full, BuiltinRole.OWNER)
            crowd.fill(owner)
            things.fill()
            past.fill(owner)
        licences.fill(full, owner)
        platform.fill(full)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _tenant(name: str, host: str, **limits: int) -> Tenant:
    Platform.objects.update(last_instance=F("last_instance") + 1)
    number = Platform.objects.get().last_instance
    version = TemplateVersion.objects.filter(template__is_default=True).latest("pk")
    tenant = Tenant.objects.create(
        instance_number=number, schema_name=f"t{number}", name=name, short_name=name[:5].lower(), country="DE",
        kind=TenantKind.CUSTOMER, state=TenantState.PROVISIONING, upn_suffix=f"{name.lower()}.example",
        product="Phone System", template_version=version, ani="+493012345600", time_zone="Europe/Berlin", **limits,
    )  # fmt: skip
    clone_schema(version.schema, tenant)
    tenant.domains.create(domain=host, is_primary=True)
    Tenant.objects.filter(pk=tenant.pk).update(state=TenantState.ACTIVE)
    tenant.refresh_from_db()
    return tenant


def person(tenant: Tenant, role: BuiltinRole) -> User:
    """Somebody who has `role`: the first who is there, else made for this. An end user is one with an extension."""
    holders = User.objects.filter(roles__code=role).order_by("pk")
    if role is BuiltinRole.END_USER:
        holders = holders.filter(extension__isnull=False)  # else all their own pages say that there is none
    found = holders.first()
    if found is None:
        name = f"looker.{role}@{tenant.upn_suffix or 'provider.example'}"
        found = User.objects.create(username=name, email=name, display_name="Lou Looker")
        found.roles.set(Role.objects.filter(code=role))
    return found


def sign_in(name: str, role: BuiltinRole) -> SignedIn:
    """Sign somebody with `role` in to the tenant called `name` (empty: the management instance)."""
    tenant = Tenant.objects.get(name=name) if name else Tenant.objects.get(schema_name="public")
    host = tenant.get_primary_domain().domain
    client = Client(HTTP_HOST=host)
    with inside(tenant):
        client.force_login(person(tenant, role), backend="portal.accounts.backends.SignInBackend")
    return SignedIn(host, {name: morsel.value for name, morsel in client.cookies.items()})
