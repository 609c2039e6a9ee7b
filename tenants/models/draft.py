"""What somebody has typed on the registration form so far. Kept 30 days, no password in clear."""

import uuid

from django.conf import settings
from django.db import models


class RegistrationDraft(models.Model):
    """One per person and form. `password` is a hash; its tab asks again when it is edited.

    `token` is the idempotency token: it becomes the request's, so that a double submit makes one request (REG-15).
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="registration_draft")
    template_version = models.ForeignKey("tenants.TemplateVersion", models.SET_NULL, null=True)
    tenant = models.JSONField(default=dict)
    password = models.CharField(max_length=128, blank=True)
    contact = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"draft of {self.user_id}"
