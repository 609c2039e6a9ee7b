from tenants.models.catalogue import Price, Sku, SkuKind
from tenants.models.device import DeviceRegistration
from tenants.models.draft import RegistrationDraft
from tenants.models.name_claim import ClaimKind, NameClaim
from tenants.models.pbx import AppliedState, AppliedVersion, Pbx, PbxKind, Stray, Transport, Trunk
from tenants.models.platform import Platform
from tenants.models.public_attempt import AttemptKind, PublicAttempt
from tenants.models.registered_number import NumberKind, NumberState, RegisteredNumber
from tenants.models.request import RequestMove, RequestState, SubscriptionRequest
from tenants.models.schema_script import SchemaScript
from tenants.models.template import Audience, ServiceTemplate, TemplateState, TemplateVersion
from tenants.models.tenant import Domain, Tenant, TenantKind, TenantMove, TenantState

__all__ = [
    "AppliedState",
    "AppliedVersion",
    "AttemptKind",
    "Audience",
    "ClaimKind",
    "DeviceRegistration",
    "Domain",
    "NameClaim",
    "NumberKind",
    "NumberState",
    "Pbx",
    "PbxKind",
    "Platform",
    "Price",
    "PublicAttempt",
    "RegisteredNumber",
    "RegistrationDraft",
    "RequestMove",
    "RequestState",
    "SchemaScript",
    "ServiceTemplate",
    "Sku",
    "SkuKind",
    "Stray",
    "SubscriptionRequest",
    "TemplateState",
    "TemplateVersion",
    "Tenant",
    "TenantKind",
    "TenantMove",
    "TenantState",
    "Transport",
    "Trunk",
]
