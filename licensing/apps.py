from importlib import import_module

from django.apps import AppConfig


class LicensingConfig(AppConfig):
    name = "licensing"

    def ready(self) -> None:
        import_module("licensing.deletion")  # what goes with an extension
        import_module("licensing.content_words")
        import_module("licensing.receivers")
