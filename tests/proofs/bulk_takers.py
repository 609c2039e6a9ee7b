"""Two hundred people assign somebody at the same moment, and fifty licences are left."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from django.db import connection, transaction
from django.utils import timezone

from extensions.models import Extension
from licensing.bulk.checking import facts
from licensing.bulk.chunk import Stretch, assign_stretch
from licensing.bulk.drafts import create_template
from licensing.bulk.users import add_user
from licensing.invariants import broken_counts
from licensing.models import AssignmentRow, AssignmentTemplate, Reason
from licensing.services.entitlement import set_bought
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant

TAKERS, LEFT, AT_ONCE = 200, 50, 20


def take_at_once(tenant: Tenant) -> list[str]:
    """Returns what is wrong afterwards."""
    with inside(tenant):
        boss = User.objects.get(username__startswith="boss")
        before = Extension.objects.count()
        templates = [_one(boss, number) for number in range(TAKERS)]
    with inside(tenant, owner=True):
        set_bought({"phone_system": before + LEFT}, reason=Reason.BOUGHT)
    start = Event()

    def press(template: AssignmentTemplate) -> int:
        start.wait(10)
        try:
            with inside(Tenant.objects.get(pk=tenant.pk)), transaction.atomic():
                return assign_stretch(Stretch(template, 1, 1, timezone.now(), facts(template)), by=boss)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        pressed = [pool.submit(press, template) for template in templates]
        start.set()
        taken = sum(one.result() for one in pressed)
    with inside(tenant):
        rows = AssignmentRow.objects.filter(template__in=templates)
        states = Counter(rows.values_list("state", flat=True))
        reasons = Counter(
            code for problems in rows.values_list("problems", flat=True) for _column, code, _told in problems
        )
        made, broken = Extension.objects.count() - before, broken_counts()
    print(f"{TAKERS} takers of {LEFT} licences: {dict(states)}, {dict(reasons)}", flush=True)
    right = taken == made == LEFT and states == {"assigned": LEFT, "failed": TAKERS - LEFT} and not broken
    right = right and reasons == {"no_licence": TAKERS - LEFT}
    return [] if right else [f"{taken} taken, {made} made, {states}, {broken}"]


def _one(boss: User, number: int) -> AssignmentTemplate:
    template = create_template(name=f"Taker {number}", addons=[], by=boss, at=timezone.now())
    User.objects.create(username=f"taker{number}@bench.example", display_name=f"Taker {number}")
    return add_user(template=template, ext_key=str(30_000 + number), person=f"Taker {number}", number="", by=boss)
