"""What of this app goes with an extension that is deleted, and comes back with it (TEN-13)."""

from extensions.services.deletion.catalogue import PARTS
from licensing.models import AssignedAddon

PARTS.add((AssignedAddon, "extension"))
