"""Subscription requests: orders of a tenant. What was ordered never changes; the state does (REG-14, REG-17)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RequestState(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    AWAITING_APPROVAL = "awaiting", _("Awaiting approval")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Scheduled")
    PROVISIONING = "provisioning", _("In progress")
    COMPLETED = "completed", _("Completed")
    FAILED = "failed", _("Failed")
    REJECTED = "rejected", _("Rejected")
    CANCELLED = "cancelled", _("Cancelled")


class RequestQuerySet(models.QuerySet):
    def open(self) -> "RequestQuerySet":
        ended = [RequestState.COMPLETED, RequestState.REJECTED, RequestState.CANCELLED]
        return self.exclude(state__in=ended)

    def waiting_for(self, email: str) -> "RequestQuerySet":
        """Requests made by, or for, the person with this e-mail address."""
        return self.filter(Q(requester__email__iexact=email) | Q(contact_email__iexact=email))


class SubscriptionRequest(models.Model):
    """`reference` is what people quote. `password` is a hash and is blanked when the request ends."""

    reference = models.CharField(_("Reference"), max_length=16, unique=True)
    token = models.UUIDField(unique=True)
    requester = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="subscription_requests")
    template_version = models.ForeignKey("tenants.TemplateVersion", models.PROTECT, related_name="requests")
    name = models.CharField(_("Name"), max_length=63)
    short_name = models.CharField(_("Short name"), max_length=12)
    upn_suffix = models.CharField(_("UPN suffix"), max_length=253)
    fqdn = models.CharField(_("FQDN"), max_length=58)
    user_name = models.CharField(_("User name"), max_length=32)
    password = models.CharField(max_length=128, blank=True)
    ani = models.CharField(_("ANI"), max_length=16)
    contact_name = models.CharField(_("Full name"), max_length=150)
    contact_email = models.EmailField(_("E-mail address"))
    contact_phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    company = models.CharField(_("Company"), max_length=150, blank=True)
    street = models.CharField(_("Street"), max_length=150, blank=True)
    city = models.CharField(_("City"), max_length=100, blank=True)
    postal_code = models.CharField(_("Postal code"), max_length=20, blank=True)
    country = models.CharField(_("Country"), max_length=2, blank=True)

    state = models.CharField(max_length=12, choices=RequestState.choices, default=RequestState.SUBMITTED)
    submitted_at = models.DateTimeField(_("Submitted"))
    scheduled_for = models.DateTimeField(_("Scheduled for"), null=True)
    finished_at = models.DateTimeField(_("Finished"), null=True)
    message = models.CharField(_("Message"), max_length=300, blank=True)
    job_id = models.UUIDField(null=True)
    tenant = models.OneToOneField("tenants.Tenant", models.SET_NULL, null=True, related_name="request")

    objects = RequestQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_state_known"),
        ]

    def __str__(self) -> str:
        return self.reference


class RequestMove(models.Model):
    """Every change of state: from, to, who, why, when (REG-17)."""

    request = models.ForeignKey(SubscriptionRequest, models.CASCADE, related_name="moves")
    before = models.CharField(max_length=12, choices=RequestState.choices, blank=True)
    after = models.CharField(max_length=12, choices=RequestState.choices)
    reason = models.CharField(max_length=300, blank=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
