"""What a large company has bought, who uses it, its outside numbers, and bulk assignments in every state."""

from datetime import timedelta

from django.utils import timezone

from extensions.models import Extension, OutsideNumber
from licensing.models import AssignedAddon, AssignmentRow, AssignmentTemplate, Pool
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import RegisteredNumber, Tenant

BOUGHT = {
    "phone_system": 20_000, "license_number": 2_000, "device_ip_phone": 5_000, "device_mobile_app": 9_000,
    "device_desktop_app": 9_000, "call_recording": 3_000, "team_chat": 15_000,
}  # fmt: skip
USED = {"device_ip_phone": 5_000, "device_mobile_app": 3_000, "call_recording": 2_500, "team_chat": 12_000}
NUMBERS, RINGING, TEMPLATES, ROWS = 3_000, 1_500, 60, 5_000
BATCH = 2000
PROBLEMS = (
    [["ext_key", "key_taken", "extension"]],
    [["person", "name_none", None], ["number", "number_none", None]],
    [["number", "scientific", None]],
)


def fill(full: Tenant, owner: User) -> None:
    """Everything; the first template has most rows, every other one with problems."""
    with inside(full, owner=True):
        for sku, bought in BOUGHT.items():
            Pool.objects.update_or_create(sku=sku, defaults={"bought": bought})
    numbers = [f"+49301{n:06}" for n in range(NUMBERS)]
    RegisteredNumber.objects.bulk_create(
        [RegisteredNumber(e164=one, instance=full, country="DE", state="assigned") for one in numbers], BATCH
    )
    with inside(full):
        people = list(Extension.objects.order_by("number").only("pk"))
        _numbers(numbers, people)
        AssignedAddon.objects.bulk_create(
            [AssignedAddon(extension=one, pool_id=sku, quantity=1)
             for sku, many in USED.items() for one in people[:many]], BATCH,
        )  # fmt: skip
        _templates(owner)


def _numbers(numbers: list[str], people: list[Extension]) -> None:
    now = timezone.now()
    OutsideNumber.objects.bulk_create(
        [OutsideNumber(e164=one, country="DE", extension=people[n] if n < RINGING else None, assigned_at=now)
         for n, one in enumerate(numbers)], BATCH,
    )  # fmt: skip


def _templates(owner: User) -> None:
    now, states = timezone.now(), ("draft", "completed", "failed", "cancelled")
    made = AssignmentTemplate.objects.bulk_create(
        AssignmentTemplate(
            name=f"People of plant {n} in Wolfeschlegelsteinhausenbergerdorff"[:100], created_by=owner,
            created_at=now - timedelta(hours=n), addons=["team_chat", "device_ip_phone"], state=states[n % 4],
            mode=("all", "skip")[n % 2], total=ROWS if n < 4 else 0, wrong=ROWS // 2 if n < 4 else 0,  # noqa: PLR2004
            checked_at=now, started_by=owner if n % 4 else None, started_name="Lou Looker" if n % 4 else "",
            started_at=now if n % 4 else None, finished_at=now if n % 4 else None,
        )
        for n in range(TEMPLATES)
    )  # fmt: skip
    outcomes = ("waiting", "assigned", "failed", "skipped")
    AssignmentRow.objects.bulk_create(
        [AssignmentRow(template=template, position=n + 1, line=n + 2, ext_key=str(70_000 + n), key=str(70_000 + n),
                       person=f"Person {n} de la Fuente y Mart\u00ednez de Irujo", name=f"person {n}",
                       number=f"+49301{n:06}" if n % 5 == 0 else "", problems=PROBLEMS[n % 3] if n % 2 else [],
                       state="failed" if n % 2 and at else outcomes[at], done_at=now if at else None)
         for at, template in enumerate(made[:4]) for n in range(ROWS)], BATCH,
    )  # fmt: skip
