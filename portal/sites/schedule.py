"""The one list of periodic work (JOB-01). The sweep records an entry when it is due."""

from datetime import timedelta

from portal.jobs.periodic import Periodic

PERIODIC: list[Periodic] = [
    Periodic(task="tenants.start_due_requests", every=timedelta(seconds=30)),
    Periodic(task="tenants.forget_old_drafts", every=timedelta(hours=24)),
    Periodic(task="tenants.tidy_numbers", every=timedelta(hours=1)),
    Periodic(task="sites.forget_expired", every=timedelta(hours=24)),
    Periodic(
        task="sites.forget_expired_in_tenant", every=timedelta(hours=24), scope="tenants", spread=timedelta(hours=1)
    ),
    Periodic(task="licensing.forget_exports", every=timedelta(hours=6), scope="tenants", spread=timedelta(hours=1)),
    Periodic(
        task="extensions.follow_schedules", every=timedelta(minutes=1), scope="tenants", spread=timedelta(seconds=20)
    ),
    Periodic(
        task="extensions.forget_unused_sounds",
        every=timedelta(hours=6),
        scope="tenants",
        spread=timedelta(minutes=30),
    ),
    Periodic(
        task="extensions.check_configuration", every=timedelta(hours=24), scope="tenants", spread=timedelta(hours=2)
    ),
    Periodic(task="pbx.look_after", every=timedelta(seconds=30)),
    Periodic(task="pbx.all_messages", every=timedelta(hours=1)),
]
