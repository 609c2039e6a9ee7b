"""How static files get their names."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Names with hashes inside JavaScript modules, too, so that an upgrade never mixes old modules with new ones."""

    support_js_module_import_aggregation = True
