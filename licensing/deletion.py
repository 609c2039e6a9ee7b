"""What of this app goes with an extension that is deleted, and comes back with it (TEN-13)."""

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Concat

from extensions.services.deletion.catalogue import PARTS
from extensions.services.deletion.log_names import LOG_NAMES, extension_words
from licensing.models import AssignedAddon
from tenants.models import Sku

PARTS.add((AssignedAddon, "extension"))

_SOLD_AS = Subquery(Sku.objects.filter(code=OuterRef("pool_id")).values("name")[:1])
ADDON_WORDS = Concat(extension_words("extension__"), Value(" · "), _SOLD_AS, output_field=CharField())
LOG_NAMES[AssignedAddon] = ADDON_WORDS
