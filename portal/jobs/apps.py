from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "portal.jobs"
    label = "jobs"

    def ready(self) -> None:
        # A task or kind that nobody imported would be unknown in the web process and refused when it is recorded.
        autodiscover_modules("tasks", "jobs", "mail.tasks")
