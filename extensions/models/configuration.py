"""The state of a tenant's configuration: a number that rises with every change, and the tests kept about calls."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from portal.core.versions import Versioned


class Configuration(models.Model):
    """One row. `version` rises in the transaction of every change that telephones or callers could notice."""

    clone = Clone.ROWS

    version = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)
    tested_version = models.BigIntegerField(default=0)  # the newest one that the saved call tests ran on
    checked_version = models.BigIntegerField(default=0)  # the one that the configuration check looked at last
    checked_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="configuration_is_one")]

    def __str__(self) -> str:
        return str(self.version)


class CallTestState(models.TextChoices):
    NEW = "new", _("Not run yet")
    PASSED = "passed", _("As expected")
    FAILED = "failed", _("Different now")


class CallTest(Versioned):
    """“Somebody calls X at time T, and the call must end there”, run again after every change."""

    clone = Clone.ROWS

    name = models.CharField(_("Name"), max_length=80)
    caller = models.CharField(_("Caller"), max_length=16, blank=True)  # +digits, an internal number, empty: anonymous
    dialled = models.CharField(_("Dialled"), max_length=16)
    at = models.DateTimeField(_("When"))
    # What rings and where the call ends, as callflow.steps.Path.key writes it; the words are for people.
    expected = models.CharField(max_length=400)
    expected_words = models.CharField(_("Must happen"), max_length=500, blank=True)
    found = models.CharField(max_length=400, blank=True)
    found_words = models.CharField(_("Happens"), max_length=500, blank=True)
    touched = models.JSONField(default=list)  # extensions and teams on the way: [["extension", 1], …]
    state = models.CharField(max_length=6, choices=CallTestState.choices, default=CallTestState.NEW)
    ran_at = models.DateTimeField(_("Last run"), null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(Lower("name"), name="call_test_name_unique")]

    def __str__(self) -> str:
        return self.name
