from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "portal.sites"
    label = "portal_sites"
