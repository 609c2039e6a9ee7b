from importlib import import_module

from django.apps import AppConfig


class ExtensionsConfig(AppConfig):
    name = "extensions"

    def ready(self) -> None:
        import_module("extensions.receivers")
        import_module("extensions.person_cards")
        import_module("extensions.settings.catalogue")  # declares the inheritable settings
        import_module("extensions.content_words")  # what a new company is told that it gets
