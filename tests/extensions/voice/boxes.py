"""Looking at voicemail boxes."""

from extensions.models import Mailbox
from tenants.door import inside
from tenants.models import Tenant


def now(box: Mailbox, tenant: Tenant) -> Mailbox:
    """The box as it is now."""
    with inside(tenant):
        return Mailbox.objects.select_related("greeting").get(pk=box.pk)
