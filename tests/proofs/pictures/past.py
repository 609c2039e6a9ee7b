"""What a year leaves behind in a tenant: changes of status, the audit log, what the configuration check found."""

from datetime import timedelta

from django.utils import timezone

from extensions.models import Extension, Finding, PresenceChange
from portal.accounts.models import User
from portal.audit.models import LogEntry

AUDITED, CHANGES, FINDINGS = 50_000, 1_500, 800
BATCH = 2000


def fill(owner: User) -> None:
    """The past year, newest first."""
    now = timezone.now()
    people = list(Extension.objects.order_by("number")[:20])
    PresenceChange.objects.bulk_create(
        [PresenceChange(extension=row, before="Available", after="Away", source="user", by_name="محمد عبد الرحمن",
                        at=now - timedelta(hours=6 * n), note="Out at a customer’s until the afternoon" * (n % 2))
         for row in people for n in range(CHANGES)], BATCH,
    )  # fmt: skip
    LogEntry.objects.bulk_create(audited(AUDITED, owner, "extensions.extension", people[0].pk), BATCH)
    Finding.objects.bulk_create(
        [Finding(code="made_up", severity=("error", "warning", "hint")[n % 3], subject=f"pictures:{n}",
                 name=f"{10_000 + n} Wolfeschlegelsteinhausenbergerdorff", url="/extensions/10000/", found_at=now,
                 text="Calls that nobody answers end with a hang-up, because no destination is set for them.")
         for n in range(FINDINGS)]
    )  # fmt: skip


def audited(many: int, user: User, model: str, pk: int) -> list[LogEntry]:
    """`many` entries by `user`, of which every tenth is about the row `pk` of `model`."""
    now = timezone.now()
    return [
        LogEntry(model=model, object_pk=str(pk if n % 10 == 0 else pk + n), object_repr=f"{10_000 + n} สมชาย Schmidt",
                 action=1, verb=("put", "post", "delete")[n % 3], table="Extensions", message="Changed",
                 changes={"directory_name": ["Anna", "Wolfeschlegelsteinhausenbergerdorff"], "mobile": ["", "+49151"]},
                 actor=user, user_name=user.display_name, remote_addr="2001:db8:85a3::8a2e:370:7334",
                 timestamp=now - timedelta(minutes=10 * n))
        for n in range(many)
    ]  # fmt: skip
