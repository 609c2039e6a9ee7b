"""The operators' pages about tenants and what they are made from."""

from django.urls import include, path

from tenants import support_entry
from tenants.views import numbers, overview, platform, templates, tenant_verbs, tenants

app_name = "tenants"
urlpatterns = [
    path("", overview.Overview.as_view(), name="overview"),
    path("onboarding/<int:number>/", overview.OnboardingTick.as_view(), name="onboarding_tick"),
    path("", include("tenants.urls_requests")),
    path("tenants/", tenants.TenantList.as_view(), name="list"),
    path("tenants/<int:number>/", tenants.TenantDetail.as_view(), name="detail"),
    path("tenants/<int:number>/audit/", tenants.TenantAudit.as_view(), name="audit"),
    path("tenants/<int:number>/rename/", tenant_verbs.TenantRename.as_view(), name="rename"),
    path("tenants/<int:number>/product/", tenant_verbs.TenantProduct.as_view(), name="product"),
    path("tenants/<int:number>/limits/", tenant_verbs.TenantLimits.as_view(), name="limits"),
    path("tenants/<int:number>/address/", tenant_verbs.TenantAddress.as_view(), name="address"),
    path("tenants/<int:number>/zone/", tenant_verbs.TenantZone.as_view(), name="zone"),
    path("tenants/<int:number>/template/", tenant_verbs.TenantTemplate.as_view(), name="make_template"),
    path("tenants/<int:number>/administrator/", tenant_verbs.TenantAdministrator.as_view(), name="administrator"),
    path("tenants/<int:number>/suspend/", tenant_verbs.TenantSuspend.as_view(), name="suspend"),
    path("tenants/<int:number>/resume/", tenant_verbs.TenantResume.as_view(), name="resume"),
    path("tenants/<int:number>/enter/", support_entry.TenantEnter.as_view(), name="enter"),
    path("templates/<int:pk>/enter/", support_entry.TemplateEnter.as_view(), name="template_enter"),
    path("numbers/", numbers.NumberList.as_view(), name="numbers"),
    path("numbers/add/", numbers.NumberAdd.as_view(), name="number_add"),
    path("numbers/<int:pk>/", numbers.NumberDetail.as_view(), name="number"),
    path("numbers/<int:pk>/give/", numbers.NumberGive.as_view(), name="number_give"),
    path("numbers/<int:pk>/back/", numbers.NumberTakeBack.as_view(), name="number_back"),
    path("templates/", templates.TemplateList.as_view(), name="templates"),
    path("templates/new/", templates.TemplateNew.as_view(), name="template_new"),
    path("templates/<int:pk>/", templates.TemplateDetail.as_view(), name="template"),
    path("templates/<int:pk>/edit/", templates.TemplateEdit.as_view(), name="template_edit"),
    path("templates/<int:pk>/publish/", templates.TemplatePublish.as_view(), name="template_publish"),
    path("templates/<int:pk>/retire/", templates.TemplateRetire.as_view(), name="template_retire"),
    path("templates/<int:pk>/default/", templates.TemplateDefault.as_view(), name="template_default"),
    path("settings/", platform.PlatformSettings.as_view(), name="platform"),
    path("settings/edit/", platform.PlatformEdit.as_view(), name="platform_edit"),
]
