"""Celery only wakes workers: PostgreSQL holds the truth about work (ARCHITECTURE decision 2)."""

import os
from typing import Any

from celery import Celery, Task, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

from django.conf import settings  # noqa: E402 - settings are found through the variable above


class TaskRefused(RuntimeError):
    """A message asked for something that may not be started through the queue."""


class PlatformTask(Task):
    """Base of every task. Without `platform=True` it does not run: no message carries a tenant."""

    platform = False

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if not self.platform:
            raise TaskRefused(f"{self.name} may not be started by a message")
        return super().__call__(*args, **kwargs)


app = Celery("portal", task_cls=PlatformTask)
app.conf.update(settings.CELERY)
app.conf.imports = ("portal.jobs.worker",)
# A wake whose process is killed goes back to the queue at once. Running one twice does no harm: rows are leased.
app.conf.task_acks_late = app.conf.task_reject_on_worker_lost = True


@signals.worker_init.connect
def refuse_other_pools(sender: Any, **_: Any) -> None:
    """Schemas live on the thread's connection, so workers are processes and nothing else (decision 3)."""
    pool = str(getattr(sender.pool_cls, "__module__", sender.pool_cls))
    if "prefork" not in pool:
        raise SystemExit("Workers run with --pool=prefork only.")
