"""The portal's own settings, with each answer telling how many queries it took; for `bin/prove pictures` alone."""

from portal.settings import *  # noqa: F403

# After the one that finds the host: what it asks belongs to every page and has its own test.
MIDDLEWARE = ["tests.proofs.pictures.counting.CountingMiddleware", *MIDDLEWARE]  # noqa: F405
