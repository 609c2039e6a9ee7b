"""A provider with very many tenants, requests, jobs and mails."""

from datetime import timedelta
from uuid import uuid4

from django.db.models import F
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.jobs.models import Job, Mail, Step
from tenants.models import Platform, SubscriptionRequest, Tenant, TenantKind
from tests.proofs.pictures.crowd import LAST
from tests.proofs.pictures.past import audited

TENANTS, REQUESTS, JOBS, MAILS, AUDITED = 1_000, 600, 500, 5_000, 20_000
BATCH = 2000


def fill(full: Tenant) -> None:
    """Rows of the management instance, and jobs of the tenant `full`."""
    now, user = timezone.now(), User.objects.order_by("pk").first()
    first = Platform.objects.get().last_instance + 1
    Platform.objects.update(last_instance=F("last_instance") + TENANTS)
    Tenant.objects.bulk_create(
        Tenant(instance_number=n, schema_name=f"t{n}", name=f"{LAST[1]}{n}"[:63], kind=TenantKind.CUSTOMER,
               state=("active", "trial", "suspended", "terminated")[n % 4], upn_suffix=f"c{n}.example",
               max_extensions=200, extensions_used=n % 200)
        for n in range(first, first + TENANTS)
    )  # fmt: skip
    _requests(user)
    jobs = Job.objects.bulk_create(
        Job(kind="extensions.bulk", title=f"Suspend 1,250 extensions of plant {n}", schema=full.schema_name,
            owner_schema=full.schema_name, owner_name="สมชาย ศรีสุวรรณวงศ์พานิชกุล", done=n, total=1250, run_at=now,
            state=("succeeded", "failed", "cancelled")[n % 3], started_at=now - timedelta(hours=n), finished_at=now,
            message="Three extensions could not be suspended, because somebody else changed them." * (n % 3 == 1),
            cause="Traceback: " + "LongNameOfAnError " * 40 if n % 3 == 1 else "")
        for n in range(JOBS)
    )  # fmt: skip
    Step.objects.bulk_create(
        Step(job=job, ordinal=n, name=f"step{n}", title=f"Extensions {n * 50} to {n * 50 + 49}", state="done",
             attempts=1, started_at=now, finished_at=now)
        for job in jobs[:20]
        for n in range(25)
    )  # fmt: skip
    Mail.objects.bulk_create(
        [Mail(schema=full.schema_name, template="setup", recipient=f"{LAST[1].lower()}{n}@fullhouse.example",
              subject="Your telephone extension is ready: set your password within 24 hours", message_id=f"<{n}@p>",
              state="failed" if n % 7 == 0 else "sent", last_error="550 mailbox unknown" if n % 7 == 0 else "",
              sent_at=None if n % 7 == 0 else now)
         for n in range(MAILS)], BATCH,
    )  # fmt: skip
    LogEntry.objects.bulk_create(audited(AUDITED, user, "tenants.tenant", full.pk), BATCH)


def _requests(user: User) -> None:
    now, pattern = timezone.now(), SubscriptionRequest.objects.order_by("pk").first()
    SubscriptionRequest.objects.bulk_create(
        SubscriptionRequest(
            reference=f"TR-9{n:05}", token=uuid4(), requester=user, template_version_id=pattern.template_version_id,
            name=f"Company{n}{LAST[1]}", short_name=f"c{n}", upn_suffix=f"company{n}.example",
            fqdn=f"company{n}.localhost", user_name="admin", ani="+493012345", contact_name=LAST[3], country="DE",
            contact_email=f"anna@company{n}.example", submitted_at=now - timedelta(hours=n),
            state=("completed", "rejected", "cancelled", "awaiting")[n % 4],
        )
        for n in range(REQUESTS)
    )  # fmt: skip
