"""What is remembered of a telephone's requests: when, from where, and which state of things; never the contents."""

from dataclasses import dataclass
from datetime import datetime

from extensions.models import Configuration, PhoneAccess, PhoneFetch
from extensions.provisioning.device import TEMPLATE_VERSION
from extensions.provisioning.formats.values import one_line

KEPT = 100  # of each telephone


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as far as it matters here. `address` is where it came from, None where nobody knows."""

    secret: str
    file: str
    method: str
    address: str | None
    agent: str = ""
    authorization: str = ""
    etag: str = ""  # what it says it has already


def write_down(access: PhoneAccess, asked: Asked, *, status: int, agent_fits: bool, at: datetime) -> None:
    """Remember one answer, and forget those beyond KEPT of this telephone."""
    version = Configuration.objects.filter(pk=1).values_list("version", flat=True).first() or 0
    made = PhoneFetch.objects.create(
        phone_id=access.phone_id,
        at=at,
        file=one_line(asked.file),
        status=status,
        address=asked.address,
        agent="".join(sign for sign in asked.agent if sign.isprintable())[:120],
        agent_fits=agent_fits,
        template=TEMPLATE_VERSION,
        version=version,
    )
    kept = PhoneFetch.objects.filter(phone_id=access.phone_id, pk__lte=made.pk).order_by("-pk").values("pk")[:KEPT]
    # audit: it is a history itself
    PhoneFetch.objects.filter(phone_id=access.phone_id, pk__lte=made.pk).exclude(pk__in=kept).delete()
