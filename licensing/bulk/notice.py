"""Whoever started a run and left the page is told of its end (BLK-23)."""

from typing import Any

from django.urls import reverse

from licensing.bulk.selectors import progress_of
from licensing.models.bulk import AssignmentTemplate, BulkState, RowState
from portal.accounts.services.passwords import own_host
from portal.core.addresses import origin_of
from portal.core.mail import send_template


def tell_the_starter(template: AssignmentTemplate) -> None:
    """Write to whoever started the run of `template` how it ended, in the caller's transaction. Not to people without
    an address, or who may not sign in any more.
    """
    person = template.started_by
    if person is None or not person.email or not person.is_active:
        return
    counts = progress_of(template).counts
    outcomes = (RowState.ASSIGNED, RowState.FAILED, RowState.SKIPPED)
    context: dict[str, Any] = {
        "name": str(person),
        "assignment": template.name,
        "state": BulkState(template.state).label,
        "total": template.total,
        **{state.value: counts[state] for state in outcomes},
        "url": origin_of(own_host()) + reverse("licensing:bulk_report", args=[template.uuid]),
    }
    send_template("bulk_ended", to=[person.email], context=context, language=person.language)
