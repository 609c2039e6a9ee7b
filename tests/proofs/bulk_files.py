"""Thousands of files of every sort, uploaded as people upload them: none fails, none changes what it should not."""

import random
from collections import Counter
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from extensions.models import Extension, OutsideNumber
from licensing.bulk.drafts import create_template
from licensing.models import AssignmentTemplate
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant
from tests.licensing.bulk.files import Made, random_file
from tests.licensing.bulk.oracle import Company, expected

SEED = 20_261_127
# What an upload must leave as it is.
WATCHED = (
    "extensions_extension", "extensions_outsidenumber", "extensions_mailbox", "extensions_dialnumber",
    "licensing_pool", "licensing_assignedaddon", "licensing_ledgerentry", "accounts_user",
)  # fmt: skip


def upload_files(tenant: Tenant, count: int) -> list[str]:
    """Upload `count` files into drafts of `tenant`; returns what was wrong."""
    faults: list[str] = []
    chance = random.Random(SEED)  # noqa: S311 - files, not secrets
    with inside(tenant):
        boss = _people(tenant)
        company, before = Company.now(), _state()
    client = Client(HTTP_HOST=tenant.get_primary_domain().domain, raise_request_exception=False)
    with inside(tenant):
        client.force_login(boss, backend="portal.accounts.backends.SignInBackend")
    answers: Counter[int] = Counter()
    for number in range(count):
        made = random_file(chance, company)
        with inside(tenant):
            template = create_template(name=f"File {number}", addons=[], by=boss, at=timezone.now())
        answer = client.post(
            f"/licences/phone-system/bulk/{template.uuid}/users/upload/",
            {"file": SimpleUploadedFile("people.csv", made.content)},
        )
        answers[answer.status_code] += 1
        with inside(tenant):
            faults += _faults(number, answer, template, made, company)
            AssignmentTemplate.objects.filter(pk=template.pk).delete()
    with inside(tenant):
        if _state() != before:
            faults.append("something else than the template changed")
    print(f"{count} files: {dict(answers)}; {len(faults)} faults", flush=True)
    return faults


def _faults(number: int, answer: Any, template: AssignmentTemplate, made: Made, company: Company) -> list[str]:
    rows = list(template.rows.order_by("position").values_list("problems", flat=True))
    if answer.status_code == 422:
        return [f"file {number}: refused, and rows are left"] if rows else []
    if answer.status_code != 302:
        return [f"file {number}: {answer.status_code}"]
    if made.broken:
        return [] if rows else [f"file {number}: taken without rows"]
    found = [{code for _column, code, _told in problems} for problems in rows]
    same = found == expected(made.rows, company, by_uuid=made.by_uuid)
    return [] if same else [f"file {number}: rows are not told what the rules say"]


def _people(tenant: Tenant) -> User:
    """A few people and numbers of every sort, and the owner."""
    number = tenant.instance_number
    boss = User.objects.get(username=f"boss{number}")
    names = ("Tony", "Jane Doe", "jane doe", "Kim Lee", "Locked Out", "Busy Bee", "Ann O'Nym", "Wei-Chen Zürich")
    for place, name in enumerate(names):
        User.objects.create(username=f"file{place}@bench.example", display_name=name, is_active=name != "Locked Out")
    OutsideNumber.objects.bulk_create(OutsideNumber(e164=f"+656100000{n}", country="SG") for n in range(1, 5))
    busy = Extension.objects.create(
        number="101", directory_name="Busy Bee", user=User.objects.get(display_name="Busy Bee"), state="active",
        sip_username="busybee", sip_password="of no use to anybody", created_at=timezone.now(),
    )  # fmt: skip
    OutsideNumber.objects.filter(e164="+6561000004").update(extension=busy)
    return boss


def _state() -> list[str]:
    """A digest of each table that is watched, without what signing in changes."""
    found = []
    with connection.cursor() as cursor:
        for table in WATCHED:
            left_out = "- 'last_login'" if table == "accounts_user" else ""
            rows = f"string_agg((to_jsonb(one) {left_out})::text, '' ORDER BY id)"
            cursor.execute(f"SELECT md5(coalesce({rows}, '')) FROM {table} one")  # noqa: S608 - our own names
            found.append(str(cursor.fetchone()[0]))
    return found
