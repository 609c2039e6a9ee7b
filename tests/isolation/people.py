"""Who knocks at every door, from which host, and what each of them may do there."""

from dataclasses import dataclass

from django.test import Client

from portal.accounts.models import User
from portal.permissions import BUILTIN_GRANTS, BuiltinRole, Face, Perm
from portal.sites.access import OPEN, SIGNED_IN, Rule
from tenants.door import inside
from tenants.models import Tenant


@dataclass(frozen=True, slots=True)
class Knocker:
    """`at` is the schema whose host is asked, `home` the schema in which the person signed in ('' for nobody)."""

    name: str
    at: str
    home: str
    role: BuiltinRole | None

    @property
    def known_here(self) -> bool:
        """Whether this host knows them: a session of another schema is nobody's."""
        return bool(self.home) and self.home == self.at

    @property
    def face(self) -> Face:
        return Face.MANAGEMENT if self.at == "public" else Face.TENANT

    def may(self, rule: Rule) -> bool:
        """What the one list of permissions says."""
        if rule.needs == OPEN:
            return True
        if not self.known_here or self.role is None:
            return False
        return rule.needs == SIGNED_IN or Perm(rule.needs) in BUILTIN_GRANTS[self.face][self.role]


CAST = [
    Knocker("nobody", "public", "", None),
    Knocker("olivia", "public", "public", BuiltinRole.OPERATOR_OWNER),
    Knocker("oscar", "public", "public", BuiltinRole.OPERATOR_SUPPORT),
    Knocker("rita", "public", "public", BuiltinRole.RESELLER_ADMIN),
    Knocker("rival", "public", "public", BuiltinRole.RESELLER_ADMIN),
    Knocker("prospect", "public", "public", BuiltinRole.PROSPECT),
    Knocker("owner", "public", "t2", None),
    Knocker("nobody", "t2", "", None),
    Knocker("owner", "t2", "t2", BuiltinRole.OWNER),
    Knocker("manager", "t2", "t2", BuiltinRole.MANAGER),
    Knocker("agent", "t2", "t2", BuiltinRole.END_USER),
    Knocker("stranger", "t2", "t3", None),
    Knocker("olivia", "t2", "public", None),
    Knocker("stranger", "t3", "t3", BuiltinRole.OWNER),
    Knocker("owner", "t3", "t2", None),
]


def client_of(knocker: Knocker) -> Client:
    """A browser at the host `at`, with the session that the person got at home."""
    at = Tenant.objects.get(schema_name=knocker.at)
    client = Client(HTTP_HOST=at.get_primary_domain().domain, raise_request_exception=False)
    if knocker.home:
        with inside(Tenant.objects.get(schema_name=knocker.home)):
            person = User.objects.get(username__startswith=f"{knocker.name}@")
            client.force_login(person, backend="portal.accounts.backends.SignInBackend")
    return client
