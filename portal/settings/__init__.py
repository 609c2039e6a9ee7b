"""Settings of one installation. Everything that differs between installations comes from the environment.

The parts: `installation` (what the environment says), `pbx`, `sign_in`, `security` (cookies and headers), and here
the rest.
"""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from redis.backoff import NoBackoff
from redis.retry import Retry

from portal.core.db.pool import reset_connection
from portal.settings.installation import *
from portal.settings.installation import env
from portal.settings.pbx import *
from portal.settings.security import *
from portal.settings.sign_in import *

# --- applications ------------------------------------------------------------------------------------------------
_KERNEL_APPS = ["django_tenants", "django.contrib.contenttypes", "portal.core"]
_BOTH_APPS = [
    "django.contrib.auth",
    "django.contrib.sessions",
    "portal.accounts",
    "portal.audit",
    "auditlog",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
]
SHARED_APPS = [*_KERNEL_APPS, *_BOTH_APPS, "portal.jobs", "tenants", "customers", "billing"]
TENANT_APPS = ["django.contrib.contenttypes", *_BOTH_APPS, "extensions", "licensing"]
_PRESENTATION_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_tables2",
    "django_filters",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "csp",
    "portal.sites",
]
INSTALLED_APPS = list(dict.fromkeys([*SHARED_APPS, *TENANT_APPS, *_PRESENTATION_APPS]))

TENANT_MODEL = "tenants.Tenant"
TENANT_DOMAIN_MODEL = "tenants.Domain"
TENANT_LIMIT_SET_CALLS = True
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
ROOT_URLCONF = "portal.sites.urls_tenant"
PUBLIC_SCHEMA_URLCONF = "portal.sites.urls_management"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # usernames are unique without regard to case, by a constraint on lower(username)
    "security.W021",  # preloading a domain is the provider's decision, taken outside this program
    "security.W005",  # likewise for subdomains
]

# --- middleware: from the outside in -----------------------------------------------------------------------------
MIDDLEWARE = [
    "portal.sites.middleware.health.HealthMiddleware",
    "portal.sites.middleware.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.sites.middleware.hosts.HostMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "portal.accounts.middleware.PersonMiddleware",
    "portal.audit.middleware.AuditMiddleware",
    "portal.accounts.middleware.SessionLifeMiddleware",
    "portal.accounts.middleware.ActingMiddleware",
    "portal.accounts.viewing.ViewAsMiddleware",
    "portal.accounts.middleware.PreferencesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.sites.middleware.access.AccessMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.sites.context.shell",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["template_partials.templatetags.partials", "django.templatetags.i18n"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- database, cache, queue --------------------------------------------------------------------------------------
DATABASES = {"default": env.read("DATABASE_URL", "db_url", default="postgres:///portal", prefix="")}
DATABASES["default"] |= {
    "ENGINE": "portal.core.db",
    "CONN_MAX_AGE": 0,
    "CONN_HEALTH_CHECKS": False,  # portal.core.db looks at each one it takes out of the pool, without a round trip
    "DISABLE_SERVER_SIDE_CURSORS": False,
    "OPTIONS": {
        "pool": {
            "min_size": 1,
            "max_size": env.read("DATABASE_POOL", "int", default=6),
            "max_lifetime": 600,
            "timeout": 5,
            "reset": reset_connection,
        },
        "application_name": "portal",
    },
}
REDIS_URL = env.read("REDIS_URL", default="redis://127.0.0.1:6379/0", prefix="")
CACHES = {
    "default": {
        "BACKEND": "portal.core.cache.SoftRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_FUNCTION": "django_tenants.cache.make_key",
        "REVERSE_KEY_FUNCTION": "django_tenants.cache.reverse_key",
        # One try: the client's own retries wait for seconds, and a page asks several times.
        "OPTIONS": {"socket_connect_timeout": 0.3, "socket_timeout": 1.0, "retry": Retry(NoBackoff(), 0)},
    }
}
CELERY = {
    "broker_url": REDIS_URL,
    "broker_connection_retry_on_startup": True,
    "broker_transport_options": {"socket_connect_timeout": 1, "socket_timeout": 30, "max_retries": 1},
    "task_ignore_result": True,
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_default_queue": "default",
    "worker_prefetch_multiplier": 1,
    "worker_hijack_root_logger": False,
    "timezone": "UTC",
    "beat_schedule": {
        "sweep": {
            "task": "jobs.sweep",
            "schedule": timedelta(seconds=PORTAL_SWEEP_SECONDS),
            "options": {"expires": PORTAL_SWEEP_SECONDS * 2},
        },
    },
}

# --- audit -------------------------------------------------------------------------------------------------------
AUDITLOG_LOGENTRY_MODEL = "audit.LogEntry"
AUDITLOG_MASK_CALLABLE = "portal.audit.masking.mask"
AUDITLOG_CID_GETTER = "portal.core.request_id.current"
AUDITLOG_STORE_JSON_CHANGES = True
AUDITLOG_USE_BASE_MANAGER = True

# --- composition: what a lower app needs from an upper one -------------------------------------------------------
PROVISIONING_STEPS = [
    "tenants.services.steps.names.ReserveInstance",
    "tenants.services.steps.schema.CloneTemplate",
    "tenants.services.steps.names.AssignAddress",
    "tenants.services.steps.settings.ApplySettings",
    "tenants.services.steps.licences.GrantLicences",
    "tenants.services.steps.people.CreateAdministrator",
    "customers.provisioning.CreateCustomer",
    "tenants.services.steps.ready.MarkReady",
    "tenants.services.steps.ready.SendResult",
]
TENANT_SEEDS = [
    "portal.accounts.seeding.seed_tenant_roles",
    "extensions.seeding.seed_defaults",
    "licensing.seeding.seed_pools",
]
TENANT_GATE = "tenants.gate.TenantGate"
PERIODIC_WORK = "portal.sites.schedule.PERIODIC"
EXTENSION_COUNT = "extensions.usage.count_extensions"
USAGE_COUNT = "extensions.usage.used_by_limit"
SUPPORT_RIGHTS = "tenants.support_rights.holds"
EXTENSION_CAPACITY = "licensing.capacity.LicensedCapacity"
TENANT_NUMBERS = "extensions.services.outside_numbers"
EXTENSION_ADDONS = "licensing.selectors.AddonNames"
FIRST_LICENCES = "licensing.services.entitlement.start_pools"
ENTITLEMENT = "customers.services.history.follow_limits"
LONG_EXPORTS = "licensing.services.long_lists.where_to_ask"
TEMPLATE_AREAS = "extensions.template_areas.AREAS"
PHONE_RESYNC = "extensions.provisioning.resync.through_pbx"
CLONED_FILES = "extensions.cloned_files.paths"

# --- languages, times, files -------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
TIME_ZONE = env.read("TIME_ZONE", default="UTC")
USE_I18N = USE_TZ = True
PHONENUMBER_DB_FORMAT = "E164"
STATIC_URL = "/static/"
STATIC_ROOT = PORTAL_DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django_tenants.files.storage.TenantFileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.core.static_files.StaticStorage"},
}
MEDIA_ROOT = PORTAL_DATA / "media"
FILE_UPLOAD_HANDLERS = [
    "portal.core.uploads.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- mail --------------------------------------------------------------------------------------------------------
PORTAL_MAIL_FROM = env.read("MAIL_FROM", default=f"{PORTAL_COMPANY} <no-reply@{PORTAL_MANAGEMENT_FQDN}>")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = PORTAL_MAIL_FROM
EMAIL_FILE_PATH = str(PORTAL_DATA / "mail")
EMAIL_TIMEOUT = 10
_mail = env.read("MAIL_URL", "email_url", default="filemail://")
EMAIL_BACKEND = "portal.jobs.mail.OutboxBackend"  # keeps the mail with the transaction; a job hands it over to:
PORTAL_MAIL_TRANSPORT = _mail["EMAIL_BACKEND"]
PORTAL_MAIL_TEXTS = "portal.jobs.mail.texts.own_text"
if PORTAL_MAIL_TRANSPORT.endswith("smtp.EmailBackend"):
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "portal.core.request_id.RequestIdFilter"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.request": {"level": "ERROR"}, "axes": {"level": "WARNING"}},
}

env.finish()
