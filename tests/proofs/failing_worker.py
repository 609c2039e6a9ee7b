"""A worker for which one step of provisioning fails whatever is tried, as if the disk were full."""

from typing import Any

from celery import signals

from portal.celery import app

__all__ = ["app"]


@signals.worker_init.connect
def break_the_customer_step(**_: Any) -> None:
    """The sixth of eight steps: five have something to take back."""
    from customers.provisioning import CreateCustomer  # noqa: PLC0415 - models exist only now
    from tenants.jobs import Provision  # noqa: PLC0415

    def fail(_step: object, _context: object) -> None:
        raise OSError("No space left on device")

    CreateCustomer.apply = fail  # type: ignore[assignment,method-assign]
    Provision.attempts_per_step = 1
