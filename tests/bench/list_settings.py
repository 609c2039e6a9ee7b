"""The portal's own settings, with Django's admin and a bare answer beside its pages; for `bin/bench list` alone."""

from portal.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]  # noqa: F405
TENANT_APPS = [*TENANT_APPS, "django.contrib.admin"]  # noqa: F405
ROOT_URLCONF = "tests.bench.list_urls"
MIGRATION_MODULES = {"admin": None}
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "admin.E408", "admin.E409", "admin.E410"]  # noqa: F405
STATICFILES_FINDERS = [  # the admin brings its own files
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
