"""Which of this app's tables the audit log watches."""

from django.utils.translation import gettext_lazy as _

from portal.audit.registry import audited, exempt
from tenants.models import (
    AppliedVersion,
    DeviceRegistration,
    Domain,
    NameClaim,
    Pbx,
    Platform,
    Price,
    PublicAttempt,
    RegisteredNumber,
    RegistrationDraft,
    RequestMove,
    SchemaScript,
    ServiceTemplate,
    Sku,
    Stray,
    SubscriptionRequest,
    TemplateVersion,
    Tenant,
    TenantMove,
    Trunk,
)

audited(Tenant, label=_("Tenant"), ignore=["fingerprint", "db_role", "extensions_used"])
audited(Domain, label=_("Tenant address"))
audited(Platform, label=_("Platform settings"), ignore=["last_instance", "last_template"])
audited(ServiceTemplate, label=_("Service template"))
audited(Sku, label=_("License"))
audited(Price, label=_("Price"))
audited(RegisteredNumber, label=_("Outside number of the platform"), ignore=["noticed_at"])
audited(TemplateVersion, label=_("Template version"))
audited(SubscriptionRequest, label=_("Subscription request"))
exempt(TenantMove, because="it is itself the history of the tenant's state, which is recorded with the tenant")
exempt(RequestMove, because="it is itself the history of the request's state, which is recorded with the request")
exempt(NameClaim, because="an index over names that are recorded with their request and tenant")
exempt(RegistrationDraft, because="half-typed text of one person; the request made from it is recorded")
exempt(PublicAttempt, because="counts tries of strangers for a limit, and is thrown away")
exempt(SchemaScript, because="a prepared copy of what the migrations say")
exempt(DeviceRegistration, because="an index over telephones that are recorded in their tenant")
audited(
    Pbx,
    label=_("PBX"),
    ignore=[
        *("product", "product_version", "system_name", "started_at", "skew", "seen_at"),
        *("reloads", "last_reload_at", "last_error", "last_error_at", "fence", "leased_until", "leased_by"),
    ],
)
audited(Trunk, label=_("Trunk"))
exempt(AppliedVersion, because="tells what the PBX was given of changes that are recorded in their tenant")
exempt(Stray, because="events of a PBX that belong to nobody, counted")
