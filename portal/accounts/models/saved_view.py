"""A list as somebody wants to see it again (UXP-02)."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from portal.core.cloning import Clone


class SavedView(models.Model):
    """A name for a list's query string; `page` is the list's URL name."""

    clone = Clone.EMPTY

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=80)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint("user", "page", Lower("name"), name="saved_view_name_unique")]

    def __str__(self) -> str:
        return self.name
