"""Voicemail boxes: one of each extension, and shared ones (VM-01, VM-02)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.cloning import Clone
from portal.core.crypto import EncryptedTextField
from portal.core.versions import Versioned


class Mailbox(Versioned):
    """The box of an extension, or a shared one with a number of its own. How it works is made of settings.

    `pin` is kept encrypted because telephone systems need it; it is shown only by a link that works once.
    """

    clone = Clone.EMPTY

    extension = models.OneToOneField("extensions.Extension", models.CASCADE, null=True, related_name="mailbox")
    number = models.CharField(_("Number"), max_length=5, blank=True)  # of shared boxes
    name = models.CharField(_("Name"), max_length=60, blank=True)  # of shared boxes
    email = models.EmailField(_("E-mail address"), blank=True)  # of shared boxes; else the extension's
    pin = EncryptedTextField(_("PIN"), blank=True, default="")
    greeting = models.ForeignKey("extensions.AudioFile", models.RESTRICT, null=True, related_name="mailboxes")
    # The link that shows the PIN once: a digest of what the link holds, empty when there is none or it was used.
    link_token = models.CharField(max_length=64, blank=True, default="")
    link_until = models.DateTimeField(null=True)
    # What the telephone system reports; null until one does (VM-06).
    used_seconds = models.IntegerField(_("Seconds in use"), null=True)
    messages = models.IntegerField(_("Messages"), null=True)
    reported_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("Voicemail box")
        constraints = [
            models.CheckConstraint(
                condition=Q(extension__isnull=False, number="")
                | Q(extension=None, number__regex=r"^[0-9]{3,5}$") & ~Q(name=""),
                name="mailbox_own_or_shared",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}" if self.extension_id is None else str(self.extension)

    @property
    def is_shared(self) -> bool:
        return self.extension_id is None


class KnownMessage(models.Model):
    """A message that was new when the portal first saw it, so that its mail goes out once, whatever is killed (VM-03).

    Written in the transaction that puts the mail into the mail log; forgotten when the message is gone from the box.
    `deletes` says that the message is deleted once its mail was handed over; `deleted_at` when it was seen among the
    deleted ones, from which on it can be got back for some days.
    """

    clone = Clone.EMPTY

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="known_messages")
    message = models.CharField(max_length=64)  # as the telephone system names it
    deletes = models.BooleanField(default=False)
    seen_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["mailbox", "message"], name="known_message_once")]

    def __str__(self) -> str:
        return self.message
