"""Requests to provision, and the one question afterwards: is the tenant there exactly once, or not at all?"""

from collections.abc import Iterator
from datetime import datetime

from django.core.management import call_command
from django.db import connection, transaction

from customers.models import Contact, Customer
from portal.accounts.models import User
from portal.accounts.services import create_user
from portal.jobs.models import Job, JobState, Mail, Step, StepState
from portal.permissions import BuiltinRole
from tenants.door import inside
from tenants.models import (
    Domain,
    NameClaim,
    RegistrationDraft,
    RequestState,
    SubscriptionRequest,
    TemplateVersion,
    Tenant,
    TenantMove,
)
from tenants.services.provisioning import provisioning_steps
from tenants.services.requests.drafts import choose_template, save_contact, save_tenant
from tenants.services.requests.submit import submit_request

PASSWORD = "eleven yellow bicycles"  # noqa: S105 - of tenants that live for a minute
PHASES = ("before_intent", "after_intent", "after_effect", "after_commit")


def prepare() -> User:
    """An installation, and the operator who orders the tenants."""
    call_command("upgrade", verbosity=0)
    call_command("init", verbosity=0)
    with transaction.atomic():
        return create_user(
            username="prover@trunkline.example",
            email="prover@trunkline.example",
            display_name="Prover",
            role=BuiltinRole.OPERATOR_OWNER,
        )


def step_names() -> list[str]:
    """The steps of provisioning, in order, as the checkpoints call them."""
    return [step.name for step in provisioning_steps()]


def order(by: User, word: str, at: datetime) -> SubscriptionRequest:
    """Submit one request whose names all come from `word`; policy starts it at once."""
    version = TemplateVersion.objects.get(template__is_default=True)
    by = User.objects.get(pk=by.pk)
    choose_template(by=by, version_id=version.pk)
    names = {
        "name": word.capitalize(),
        "short_name": f"q{SubscriptionRequest.objects.count()}",
        "upn_suffix": f"{word}.example",
        "fqdn": "",
    }
    save_tenant(by=by, values=names | {"user_name": "boss", "ani": "+6561234567"}, password=PASSWORD)
    contact = dict.fromkeys(["contact_phone", "company", "street", "city", "postal_code"], "")
    contact |= {"contact_name": "Anna Kenton", "contact_email": f"anna@{word}.example", "country": "SG"}
    save_contact(by=by, typed=contact)
    draft = RegistrationDraft.objects.get(user=by)
    return submit_request(draft=draft, by=by, at=at, address=None)


def state_of(request: SubscriptionRequest) -> str:
    """The request's state now."""
    return SubscriptionRequest.objects.values_list("state", flat=True).get(pk=request.pk)


def job_of(request: SubscriptionRequest) -> Job:
    """The request's job as it is now."""
    request.refresh_from_db()
    return Job.objects.get(pk=request.job_id)


def faults_of_ready(request: SubscriptionRequest) -> Iterator[str]:
    """What is lost or doubled about a request that should have become a tenant; nothing is good."""
    request.refresh_from_db()
    if request.state != RequestState.COMPLETED or request.tenant is None:
        yield f"the request is {request.state}"
        return
    tenant = request.tenant
    counts = {
        "schema": _schemas(tenant.schema_name),
        "tenant": Tenant.objects.filter(name=request.name).count(),
        "address": Domain.objects.filter(tenant=tenant).count(),
        "customer": Customer.objects.filter(tenant=tenant).count(),
        "contact": Contact.objects.filter(customer__tenant=tenant).count(),
        "welcome mail": Mail.objects.filter(template="request_completed", recipient=request.contact_email).count(),
        "opening": TenantMove.objects.filter(tenant=tenant).count(),
    }
    with inside(tenant):
        counts["administrator"] = User.objects.count()
    yield from (f"{count} x {name}" for name, count in counts.items() if count != 1)
    if NameClaim.objects.filter(tenant=tenant).count() != 4:
        yield "names are not held"
    if not tenant.is_ready:
        yield f"the tenant is {tenant.state}"
    if request.password:
        yield "the password hash is still there"
    if Step.objects.filter(job_id=request.job_id).exclude(state=StepState.DONE).exists():
        yield "a step is not done"


def faults_of_absent(request: SubscriptionRequest) -> Iterator[str]:
    """What is left of an attempt that was taken back; nothing is good."""
    request.refresh_from_db()
    left = {
        "tenant": Tenant.objects.filter(name=request.name).exists() or request.tenant_id is not None,
        "address": Domain.objects.filter(domain=request.fqdn).exists(),
        "names": NameClaim.objects.filter(value=request.name.lower()).exists(),
        "customer": Customer.objects.filter(name__iexact=request.name).exists(),
        "welcome mail": Mail.objects.filter(template="request_completed", recipient=request.contact_email).exists(),
        "orphaned schema": orphans() != [],
    }
    yield from (f"{name} left" for name, there in left.items() if there)
    if job_of(request).state != JobState.UNDONE:
        yield f"the job is {job_of(request).state}"


def orphans() -> list[str]:
    """Schemas of tenants that no row knows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname ~ '^t[0-9]+$' "
            "AND nspname NOT IN (SELECT schema_name FROM tenants_tenant)"
        )
        return [name for (name,) in cursor.fetchall()]


def _schemas(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = %s", [name])
        return cursor.fetchone()[0]
