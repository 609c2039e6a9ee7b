"""What a provider wrote instead of a built-in mail (NTF-02)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MailText(models.Model):
    """One mail in one language, with `{{variable}}` placeholders. Without a row the built-in text is sent."""

    template = models.CharField(_("Mail"), max_length=60)
    language = models.CharField(_("Language"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("Subject"), max_length=200)
    body = models.TextField(_("Text"), max_length=10_000)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["template", "language"], name="mail_text_unique")]

    def __str__(self) -> str:
        return f"{self.template} ({self.language})"
