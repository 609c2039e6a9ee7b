"""Desk telephones fetch their configuration: the secret of each, what was fetched, who tried in vain (PRV-01)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from portal.core.crypto import EncryptedTextField


class PhoneAccess(models.Model):
    """The secret in a telephone's address, and what it signs in with after the first time. One of each telephone.

    Until the first success, and for 24 hours at most (`until`), the address alone is enough; from then on the telephone
    also signs in as `user` with `password`, which it was told in its first configuration. `digest` finds the secret
    without reading all of them. `misses` counts wrong requests with the right secret; after some it is `locked_at`.
    """

    clone = Clone.EMPTY

    phone = models.OneToOneField("extensions.Phone", models.CASCADE, related_name="access")
    secret = EncryptedTextField(_("Secret of the address"))
    digest = models.CharField(max_length=64)
    user = models.CharField(_("User name"), max_length=20)
    password = EncryptedTextField(_("Password"))
    admin_password = EncryptedTextField(_("Password of the telephone’s own pages"))
    issued_at = models.DateTimeField(_("Made"))
    until = models.DateTimeField(_("First fetch until"))
    first_at = models.DateTimeField(_("First fetched"), null=True)
    first_address = models.GenericIPAddressField(null=True)
    fetched_at = models.DateTimeField(_("Last fetched"), null=True)
    fetched_tag = models.CharField(max_length=64, blank=True, default="")  # what it was told then
    wanted_tag = models.CharField(max_length=64, blank=True, default="")  # what it would be told now; empty: not known
    misses = models.IntegerField(default=0)
    locked_at = models.DateTimeField(_("Locked"), null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["digest"], name="phone_access_digest_unique")]

    def __str__(self) -> str:
        return f"access of telephone {self.phone_id}"


class PhoneFetch(models.Model):
    """One request of a telephone that was known by its secret. The newest of each telephone are kept."""

    clone = Clone.EMPTY

    phone = models.ForeignKey("extensions.Phone", models.CASCADE, related_name="fetches")
    at = models.DateTimeField(_("When"))
    file = models.CharField(_("File"), max_length=80)
    status = models.IntegerField(_("Answer"))
    address = models.GenericIPAddressField(_("From"), null=True)
    agent = models.CharField(_("Program"), max_length=120, blank=True)
    agent_fits = models.BooleanField(default=True)  # whether the program says that it is of the telephone's maker
    template = models.IntegerField(_("Template"))
    version = models.BigIntegerField(_("Configuration"))

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["phone", "-id"], name="phone_fetch_newest")]

    def __str__(self) -> str:
        return f"{self.file} → {self.status}"


class FetchMiss(models.Model):
    """Requests in vain from one network address (of IPv6 the /64 network) since `since`; old rows go."""

    clone = Clone.EMPTY

    source = models.CharField(max_length=45)
    since = models.DateTimeField()
    misses = models.IntegerField(default=0)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["source"], name="fetch_miss_source_once")]

    def __str__(self) -> str:
        return f"{self.misses} from {self.source}"
