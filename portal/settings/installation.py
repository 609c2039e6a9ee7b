"""What the environment says about this installation: names, addresses, keys, folders."""

from pathlib import Path

from django.utils.text import slugify

from portal.environment import Environment, data_folder

BASE_DIR = Path(__file__).resolve().parents[2]
env = Environment()

PORTAL_DATA = data_folder(env.read("DATA", default=str(BASE_DIR / "var")))
PORTAL_COMPANY = env.read("COMPANY", default="Trunkline")
PORTAL_CURRENCY = env.read("CURRENCY", default="EUR")  # ISO 4217; what customers pay in where nothing else is said
PORTAL_BASE_DOMAIN = env.read("BASE_DOMAIN", default="localhost").lower()
PORTAL_MANAGEMENT_FQDN = env.read(
    "MANAGEMENT_FQDN", default=f"{slugify(PORTAL_COMPANY) or 'portal'}.{PORTAL_BASE_DOMAIN}"
).lower()
PORTAL_OPERATOR_EMAIL = env.read("OPERATOR_EMAIL", default=f"operator@{PORTAL_MANAGEMENT_FQDN}")
PORTAL_HTTPS = env.read("HTTPS", "bool", default=False)
PORTAL_PORT = env.read("PORT", "int", default=8000)
PORTAL_TRUSTED_PROXIES = env.read("TRUSTED_PROXIES", "int", default=0)
PORTAL_TENANT_WALL = env.read("TENANT_WALL", "bool", default=True)
PORTAL_LEASE_SECONDS = env.read("LEASE_SECONDS", "float", default=15.0)
PORTAL_SWEEP_SECONDS = env.read("SWEEP_SECONDS", "float", default=5.0)
PORTAL_KILL_AT = env.read("KILL_AT", default="-")
SECRET_KEY = env.read("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = ["*"]  # the domain table decides; see portal.sites.middleware.hosts
