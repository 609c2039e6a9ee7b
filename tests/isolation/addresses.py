"""A real address for every door: objects that exist, in one's own tenant and in another's."""

import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from extensions.models import Extension
from portal.accounts.models import Role, SavedView, SupportSession, User
from portal.audit.models import LogEntry
from portal.jobs.models import Job
from portal.permissions import Face
from portal.sites.matrix import Door
from tenants.door import inside
from tenants.models import (
    AppliedVersion,
    Pbx,
    RegisteredNumber,
    ServiceTemplate,
    SubscriptionRequest,
    TemplateVersion,
    Tenant,
    Trunk,
)
from tests.isolation import objects
from tests.world import MARKERS


@dataclass
class Objects:
    """Values for the arguments of URLs, by the start of the URL's name and the argument."""

    values: dict[tuple[str, str], Any] = field(default_factory=dict)

    def address(self, door: Door) -> str:
        """The door's address with its arguments filled in."""
        arguments = door.arguments or tuple(re.findall(r"\(\?P<(\w+)>", door.route))
        path = "/" + door.route.replace("$", "").replace("\\", "")
        for name in arguments:
            value = str(self._value(door, name))
            path = re.sub(rf"<\w+:{name}>", value, path)
            path = re.sub(rf"\(\?P<{name}>[^)]*\)", value, path)
        return path

    def _value(self, door: Door, argument: str) -> Any:
        for (start, name), value in self.values.items():
            if name == argument and door.name.startswith(start):
                return value
        raise LookupError(f"tests/isolation/addresses.py has no object for {argument!r} of {door.name}")


def objects_of(tenant: Tenant) -> Objects:
    """Objects of one tenant, or of the management instance; those of other tenants have other ids."""
    if tenant.is_management:
        return _management_objects()
    with inside(tenant):
        values = {
            ("accounts:view", "pk"): _saved_view(tenant).pk,
            ("accounts:user", "pk"): User.objects.order_by("pk").first().pk,
            ("accounts:session", "pk"): 999,
            ("accounts:support", "pk"): _support_session(tenant).pk,
            ("audit:", "pk"): _entry(tenant).pk,
            ("jobs:", "pk"): _job(tenant).pk,
            ("extensions:", "number"): Extension.objects.order_by("pk").first().number,
        }
        values |= objects.values()
    return Objects(dict(sorted(values.items(), key=_longest_first)) | _common())


def _longest_first(item: tuple[tuple[str, str], Any]) -> int:
    """The most exact start of a name is tried first."""
    return -len(item[0][0])


def _management_objects() -> Objects:
    management = Tenant.objects.get(schema_name="public")
    return Objects(
        {
            ("accounts:view", "pk"): _saved_view(management).pk,
            ("accounts:user", "pk"): User.objects.order_by("pk").first().pk,
            ("accounts:session", "pk"): 999,
            ("accounts:role", "pk"): Role.objects.get_or_create(code="desk", defaults={"name": "Desk"})[0].pk,
            ("audit:", "pk"): _entry(management).pk,
            ("help:topic", "slug"): "managing-extensions",
            ("jobs:mail", "pk"): 1,
            **_pbx(),
            ("jobs:", "pk"): _job(management).pk,
            ("jobs:mail", "name"): "request_completed",
            ("jobs:", "name"): "request_completed",
            ("jobs:", "template"): "request_completed",
            ("jobs:", "language"): "en",
            ("cap:", "number"): 2,
            ("cap:", "sku"): "phone_system",
            ("tenants:template", "pk"): ServiceTemplate.objects.get(is_default=True).pk,
            ("tenants:number", "pk"): RegisteredNumber.objects.get_or_create(e164="+6561000999")[0].pk,
            ("tenants:onboarding", "number"): 1,
            ("tenants:", "number"): 2,
            ("tenants:", "reference"): _request().reference,
            ("register:", "reference"): _request().reference,
            ("register:", "link"): "nobody-signed-this",
            ("register:", "token"): "nobody-signed-this",
        }
        | _common()
    )


def _pbx() -> dict[tuple[str, str], Any]:
    """A PBX with a trunk, which serves alpha."""
    pbx = Pbx.objects.get_or_create(name="North", defaults={"host": "10.0.0.5", "ami_user": "portal"})[0]
    trunk = Trunk.objects.get_or_create(pbx=pbx, name="Provider", defaults={"host": "sip.example.com"})[0]
    alpha = Tenant.objects.get(schema_name="t2")
    AppliedVersion.objects.get_or_create(tenant=alpha, defaults={"pbx": pbx, "since": timezone.now()})
    return {
        ("pbx:trunk_add", "pk"): pbx.pk,
        ("pbx:trunk", "pk"): trunk.pk,
        ("pbx:", "pk"): pbx.pk,
        ("pbx:", "number"): 2,
    }


def _common() -> dict[tuple[str, str], Any]:
    return {("account_reset_password_from_key", "uidb36"): "1", ("account_reset_password_from_key", "key"): "no-key"}


def _entry(tenant: Tenant) -> LogEntry:
    with inside(tenant):
        entry = LogEntry.objects.order_by("pk").first()
        if entry is None:
            Extension.objects.order_by("pk").first().save()
            entry = LogEntry.objects.order_by("pk").first()
        return entry


def _saved_view(tenant: Tenant) -> SavedView:
    with inside(tenant):
        owner = User.objects.order_by("pk").first()
        name = MARKERS[tenant.schema_name][:40]
        return SavedView.objects.get_or_create(user=owner, page="extensions:list", name=name)[0]


def _support_session(tenant: Tenant) -> SupportSession:
    now = timezone.now()
    return SupportSession.objects.create(
        nonce=uuid.uuid4().hex, user=User.objects.order_by("pk").first(), actor_schema="public", actor_id=1,
        actor_name="Olivia", actor_logon="olivia", reason=MARKERS[tenant.schema_name], started_at=now, ends_at=now,
        ended_at=now,
    )  # fmt: skip


def _job(tenant: Tenant) -> Job:
    schema = tenant.schema_name
    return Job.objects.create(
        kind="test", title=MARKERS[schema], schema=schema, owner_schema=schema, run_at=timezone.now(), state="succeeded"
    )


def _request() -> SubscriptionRequest:
    existing = SubscriptionRequest.objects.order_by("pk").first()
    return existing or SubscriptionRequest.objects.create(
        reference="TR-TEST-TEST", token=uuid.uuid4(), requester=User.objects.get(username__startswith="rita@"),
        template_version=TemplateVersion.objects.order_by("pk").first(), name="Asked", short_name="asked",
        upn_suffix="asked.example", fqdn="asked.localhost", user_name="asker", ani="+6561234567",
        contact_name="Asker", contact_email="asker@example.com", submitted_at=timezone.now(),
    )  # fmt: skip


def faces_of(tenant: Tenant) -> Face:
    """Which URL map a tenant's host serves."""
    return Face.MANAGEMENT if tenant.is_management else Face.TENANT
