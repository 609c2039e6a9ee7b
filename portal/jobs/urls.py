"""Jobs on both hosts; the mail log on the management host alone."""

from django.urls import path

from portal.jobs.mail import urls as mail
from portal.jobs.views.jobs import JobCancel, JobDetail, JobList, JobRetry

_jobs = [
    path("jobs/", JobList.as_view(), name="list"),
    path("jobs/<uuid:pk>/", JobDetail.as_view(), name="detail"),
    path("jobs/<uuid:pk>/retry/", JobRetry.as_view(), name="retry"),
    path("jobs/<uuid:pk>/cancel/", JobCancel.as_view(), name="cancel"),
]

tenant = (_jobs, "jobs")
management = ([*_jobs, *mail.urlpatterns], "jobs")
