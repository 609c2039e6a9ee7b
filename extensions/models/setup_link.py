"""The link in a welcome mail, behind which a telephone's set-up data stand once (EXT-14)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone


class SetupLink(models.Model):
    """One of each extension: a newer mail replaces the older link. Only a digest of the key is kept."""

    clone = Clone.EMPTY

    extension = models.OneToOneField("extensions.Extension", models.CASCADE, related_name="setup_link")
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField(_("Sent"))
    until = models.DateTimeField(_("Works until"))
    used_at = models.DateTimeField(_("Used"), null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["digest"], name="setup_link_digest_unique")]

    def __str__(self) -> str:
        return f"set-up link of {self.extension_id}"
