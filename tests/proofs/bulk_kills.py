"""One run of 15,000 rows whose worker is killed twenty times; another one goes on each time."""

import random
import time
from collections.abc import Iterator

from django.db import connection
from django.utils import timezone

from extensions.models import Extension, Mailbox, OutsideNumber
from licensing.bulk.drafts import create_template
from licensing.bulk.start import start_run
from licensing.bulk.users import add_file
from licensing.invariants import broken_counts
from licensing.models import AssignedAddon, AssignmentRow, AssignmentTemplate, BulkMode
from portal.accounts.models import User
from portal.audit.models import LogEntry
from portal.jobs.models import Job, JobState
from tenants.door import inside
from tenants.models import Tenant
from tests.bench.bulk_world import file_of
from tests.jobs.processes import Plant, eventually


def kill_again_and_again(works: Plant, tenant: Tenant, *, rows: int, kills: int) -> list[str]:
    """Start one run and kill its worker `kills` times; returns what is wrong in the end."""
    chance = random.Random(time.time())  # noqa: S311 - moments, not secrets
    with inside(tenant):
        boss = User.objects.get(username__startswith="boss")
        template = create_template(name="Everybody", addons=["team_chat"], by=boss, at=timezone.now())
        template, _file = add_file(template=template, name="x", content=file_of(rows), by=boss, at=timezone.now())
        start_run(template=template, mode=BulkMode.SKIP, by=boss, at=timezone.now())
    done = 0
    for number in range(kills):
        worker = works.worker()
        target = rows * number // (kills + 1)
        eventually(lambda target=target: _job().has_ended or _is_at_work(target), within=120, what="a worker at work")
        time.sleep(chance.random() * 0.4)
        ended = _job().has_ended
        worker.kill()
        done += not ended
        print(
            f"  kill {number + 1:>2}: {_job().done:>6} of {rows} rows done{' (had ended)' if ended else ''}", flush=True
        )
    last = works.worker()
    eventually(lambda: _job().has_ended, within=120, what="the end of the run")
    last.kill()
    with inside(tenant):
        template.refresh_from_db()
        found = list(_faults(template, rows))
    print(f"{done} kills while the run went on; {rows} rows; {len(found)} faults", flush=True)
    return found if done >= kills - 2 else [*found, f"only {done} kills came before the end"]


def _job() -> Job:
    connection.set_schema_to_public()
    return Job.objects.filter(kind="licensing.bulk").latest("created_at")


def _is_at_work(target: int) -> bool:
    """Whether a worker holds the job now, and has come as far as `target`."""
    job = _job()
    return (
        job.state == JobState.RUNNING
        and job.leased_until is not None
        and job.leased_until > timezone.now()
        and job.done >= target
    )


def _faults(template: AssignmentTemplate, rows: int) -> Iterator[str]:
    counts = {
        "rows of the report": AssignmentRow.objects.filter(template=template).count(),
        "different positions": AssignmentRow.objects.filter(template=template).values("position").distinct().count(),
        "rows assigned": AssignmentRow.objects.filter(template=template, state="assigned").count(),
        "different extensions": AssignmentRow.objects.values("extension_id").distinct().count(),
        "extensions": Extension.objects.filter(user__isnull=False, state="active").count(),
        "voicemail boxes": Mailbox.objects.count(),
        "add-ons": AssignedAddon.objects.count(),
        "log entries": LogEntry.objects.filter(model="extensions.extension", verb="post").count(),
        "logged extensions": LogEntry.objects.filter(model="extensions.extension")
        .values("object_pk")
        .distinct()
        .count(),
    }
    yield from (f"{words}: {count} instead of {rows}" for words, count in counts.items() if count != rows)
    numbers = OutsideNumber.objects.filter(extension__isnull=False).count()
    if numbers != (rows + 1) // 2:
        yield f"{numbers} numbers instead of {(rows + 1) // 2}"
    if template.state != "completed":
        yield f"the template is “{template.state}”"
    yield from (f"pool {one}" for one in broken_counts())
