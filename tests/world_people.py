"""Who is who in the tests (STYLE rule 47)."""

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from extensions.models import Extension
from portal.accounts.models import Role, User
from portal.accounts.models.user import UserKind
from portal.accounts.services import create_user
from portal.permissions import BuiltinRole
from tenants.door import inside, inside_management
from tenants.models import Domain, NameClaim, Platform, TemplateVersion, Tenant, TenantState
from tenants.services.cloning import clone_schema
from tests.world import ALPHA, BETA, MARKERS, PASSWORD

MANAGEMENT_CAST = {
    "olivia": BuiltinRole.OPERATOR_OWNER,
    "oscar": BuiltinRole.OPERATOR_SUPPORT,
    "rita": BuiltinRole.RESELLER_ADMIN,
    "rival": BuiltinRole.RESELLER_ADMIN,
    "prospect": BuiltinRole.PROSPECT,
}
ALPHA_CAST = {"owner": BuiltinRole.OWNER, "manager": BuiltinRole.MANAGER, "agent": BuiltinRole.END_USER}
BETA_CAST = {"stranger": BuiltinRole.OWNER}


def populate() -> None:
    """The management cast, and tenants alpha and beta with theirs; equal extension numbers on purpose."""
    hashed = make_password(PASSWORD)
    with transaction.atomic(), inside_management():
        for name, role in MANAGEMENT_CAST.items():
            _person(name, "trunkline.example", role, hashed)
        User.objects.filter(username__startswith="prospect").update(kind=UserKind.PROSPECT)
    _tenant(name="AlphaPhones", short="alpha", fqdn=ALPHA, suffix="alpha.example", cast=ALPHA_CAST, hashed=hashed)
    _tenant(name="BetaPhones", short="beta", fqdn=BETA, suffix="beta.example", cast=BETA_CAST, hashed=hashed)


def _tenant(*, name: str, short: str, fqdn: str, suffix: str, cast: dict[str, BuiltinRole], hashed: str) -> None:
    with transaction.atomic():
        Platform.objects.update(last_instance=F("last_instance") + 1)
        number = Platform.objects.get().last_instance
        version = TemplateVersion.objects.get(template__is_default=True)
        tenant = Tenant.objects.create(
            schema_name=f"t{number}", instance_number=number, name=name, short_name=short, upn_suffix=suffix,
            ani="+6561234567", country="SG", state=TenantState.ACTIVE, template_version=version, max_extensions=50,
            max_channels=10, product="Phone System",
        )  # fmt: skip
        for kind, value in {"name": name, "short_name": short, "upn_suffix": suffix, "fqdn": fqdn}.items():
            NameClaim.objects.create(kind=kind, value=value.lower(), tenant=tenant)
        clone_schema(version.schema, tenant)
        Domain.objects.create(domain=fqdn, tenant=tenant, is_primary=True)
    with transaction.atomic(), inside(tenant):
        _skip_ids(number)
        for person, role in cast.items():
            _person(person, suffix, role, hashed)
        Extension.objects.create(
            number="101", directory_name=f"Front desk {MARKERS[tenant.schema_name]}", sip_username="frontdesk",
            sip_password="not a real secret at all", created_at=timezone.now(),
        )  # fmt: skip


def _person(name: str, suffix: str, role: BuiltinRole, hashed: str) -> User:
    return create_user(
        username=f"{name}@{suffix}", email=f"{name}@{suffix}", display_name=name.capitalize(), role=role,
        password_hash=hashed, personnel_id=f"prp{name}",
    )  # fmt: skip


def _skip_ids(number: int) -> None:
    """Give each tenant its own range of ids in every table, so that another's id is never one's own by accident."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND is_identity = 'YES'"
        )
        for table, column in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} ALTER COLUMN "{column}" RESTART WITH {number}000001')
    connection.set_tenant(connection.tenant)
    assert Role.objects.exists()
