"""Which face the active schema belongs to."""

from django.db import connection
from django_tenants.utils import get_public_schema_name

from portal.permissions import Face


def current_face() -> Face:
    """Management while the connection is on `public`, tenant inside any other schema."""
    return Face.MANAGEMENT if connection.schema_name == get_public_schema_name() else Face.TENANT
