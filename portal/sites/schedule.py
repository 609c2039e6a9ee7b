"""The one list of periodic work (JOB-01). The sweep records an entry when it is due."""

from portal.jobs.periodic import Periodic

PERIODIC: list[Periodic] = []
