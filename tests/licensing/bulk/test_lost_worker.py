"""A run whose worker is lost goes on where it stopped (BLK-28)."""

from collections.abc import Callable

import pytest
from django.db import transaction

from extensions.models import Extension
from licensing.bulk import run
from licensing.bulk.start import start_run
from licensing.models import BulkMode
from portal.accounts.models import User
from portal.audit.models import LogEntry
from tenants.models import Tenant
from tests.licensing.bulk.conftest import NOON
from tests.licensing.bulk.test_run import Make, outcomes, work


@pytest.mark.feature("BLK-28")
def test_a_run_that_lost_its_worker_goes_on_with_the_rows_that_wait(
    draft: Make, people: Callable, plenty: None, owner: User, alpha_now: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(*(f"Person {number}" for number in range(6)))
    monkeypatch.setattr(run, "CHUNK", 2)
    template = draft("".join(f"{200 + n},Person {n},\n" for n in range(6)))
    start_run(template=template, mode=BulkMode.SKIP, by=owner, at=NOON)
    template.refresh_from_db()
    assert run.assign_next(template)
    lost = transaction.savepoint()
    assert run.assign_next(template)
    transaction.savepoint_rollback(lost)  # the worker is lost before its commit
    first = dict(Extension.objects.filter(number__startswith="20").values_list("number", "pk"))

    work(alpha_now)

    assert [state for _key, state, _codes in outcomes(template)] == ["assigned"] * 6
    after = dict(Extension.objects.filter(number__startswith="20").values_list("number", "pk"))
    assert len(after) == 6
    assert first.items() <= after.items()
    assert LogEntry.objects.filter(model="extensions.extension", verb="post", source="bulk").count() == 6
