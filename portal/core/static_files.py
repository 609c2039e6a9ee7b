"""How static files get their names."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = r"""(?P<matched>(?P<names>import\s*\{[^}]*\}\s*from\s*)"(?P<url>\./[^"]+)";)"""


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Names with hashes inside our own JavaScript modules, too, so that an upgrade never mixes old with new ones.

    Django's own switch for this looks into every library's files and stumbles over examples in their comments.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", ((_IMPORT, '%(names)s"%(url)s";'),)))
