"""Colleagues whom somebody wants to see first (PRS-05)."""

from django.conf import settings
from django.db import models

from portal.core.cloning import Clone


class Favourite(models.Model):
    """`user` marked `extension`."""

    clone = Clone.EMPTY

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="favourites")
    extension = models.ForeignKey("extensions.Extension", models.CASCADE, related_name="favourite_of")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "extension"], name="favourite_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.extension}"
