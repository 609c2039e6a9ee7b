"""What workers do for mail."""

from typing import Any

from django.utils import timezone

from portal.jobs.mail.delivery import deliver_mail
from portal.jobs.registry import task


@task("jobs.deliver_mail", queue="mail", platform=True, attempts=1000, lease_seconds=150)
def deliver_mail_task(*, mail_id: int, **_: Any) -> None:
    """Hand one mail over to the mail server. When to give up is the mail's own rule, so attempts are no limit."""
    deliver_mail(mail_id=mail_id, at=timezone.now())
