"""The web process: WSGI with threads. There are no async views (ARCHITECTURE section 3)."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()

# What is loaded now stays until the process ends: the collector of cycles need not walk through it at every turn.
for _faces in (settings.ROOT_URLCONF, settings.PUBLIC_SCHEMA_URLCONF):
    len(get_resolver(_faces).reverse_dict)  # looking at it puts it together
gc.collect()
gc.freeze()
