from importlib import import_module

from django.apps import AppConfig


class ExtensionsConfig(AppConfig):
    name = "extensions"

    def ready(self) -> None:
        import_module("extensions.receivers")
        import_module("extensions.person_cards")
        import_module("extensions.settings.catalogue")  # declares the inheritable settings
