"""The portal's Celery application with the tests' own kinds of jobs and tasks."""

from portal.celery import app

app.conf.imports = (*app.conf.imports, "tests.jobs.kinds")
