"""What happens in a tenant's telephone system when something else in it happened."""

from extensions.events import ExtensionCreated
from extensions.models import Extension
from extensions.services.voicemail.boxes import ensure_mailbox
from portal.core.events import on


@on(ExtensionCreated)
def give_a_mailbox(event: ExtensionCreated) -> None:
    """Every extension has a voicemail box from its first moment (VM-01)."""
    ensure_mailbox(Extension.objects.get(pk=event.extension_id))
