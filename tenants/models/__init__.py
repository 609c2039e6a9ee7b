from tenants.models.draft import RegistrationDraft
from tenants.models.name_claim import ClaimKind, NameClaim
from tenants.models.platform import Platform
from tenants.models.request import RequestMove, RequestState, SubscriptionRequest
from tenants.models.schema_script import SchemaScript
from tenants.models.template import Audience, ServiceTemplate, TemplateState, TemplateVersion
from tenants.models.tenant import Domain, Tenant, TenantKind, TenantMove, TenantState

__all__ = [
    "Audience",
    "ClaimKind",
    "Domain",
    "NameClaim",
    "Platform",
    "RegistrationDraft",
    "RequestMove",
    "RequestState",
    "SchemaScript",
    "ServiceTemplate",
    "SubscriptionRequest",
    "TemplateState",
    "TemplateVersion",
    "Tenant",
    "TenantKind",
    "TenantMove",
    "TenantState",
]
