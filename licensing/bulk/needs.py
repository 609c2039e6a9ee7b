"""What a run needs and what there is, for each licence (BLK-22, BLK-25)."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, F, Func, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from extensions.models import Extension
from licensing.models import Pool
from licensing.models.bulk import AssignmentRow, AssignmentTemplate
from tenants.limits import Limit, limit_of
from tenants.models import Sku, SkuKind
from tenants.skus import MOBILE_NUMBER, NUMBER, PHONE_SYSTEM

# How many extensions there are, asked along with the licences.
_THERE = Subquery(Extension.objects.order_by().values(n=Func("pk", function="COUNT")))


@dataclass(frozen=True, slots=True)
class Need:
    """`need` licences of one sort and `have` of them free (None: not counted)."""

    code: str
    name: str
    need: int
    have: int | None

    @property
    def short(self) -> int:
        """How many are missing."""
        return 0 if self.have is None else max(0, self.need - self.have)

    @property
    def left(self) -> int | None:
        """How many would be free afterwards; None where they are not counted."""
        return None if self.have is None else self.have - self.need

    def __str__(self) -> str:
        return _("%(name)s: %(need)d needed, %(have)d available.") % {
            "name": self.name, "need": self.need, "have": self.have or 0,
        }  # fmt: skip


def offered_addons() -> QuerySet[Sku]:
    """The add-ons that can be assigned to many at once: not those that need each person's mobile number (LIC-11)."""
    return Sku.objects.filter(kind=SkuKind.ADDON, is_active=True).exclude(requires__contains=[MOBILE_NUMBER])


def needs_of(template: AssignmentTemplate, *, users: int | None = None, numbers: int = 0) -> list[Need]:
    """What so many `users` and `numbers` need, by the catalogue; unless told, what the rows without problems need."""
    if users is None:
        counted = AssignmentRow.objects.filter(template=template, problems=[]).aggregate(
            users=Count("pk"), numbers=Count("pk", filter=~Q(e164=""))
        )
        users, numbers = counted["users"], counted["numbers"]
    wanted = {PHONE_SYSTEM: users, **dict.fromkeys(template.addons, users)}
    if numbers:
        wanted[NUMBER] = numbers
    pool = Pool.objects.filter(sku=OuterRef("code"))
    skus = Sku.objects.filter(code__in=wanted).order_by("position")
    skus = skus.annotate(
        used=Subquery(pool.values("used")), free=Subquery(pool.values(left=F("bought") - F("used"))), there=_THERE
    )
    needs, there = [], 0
    for sku in skus:
        there = sku.there or 0
        have = 0 if sku.used is None else sku.free  # no pool: none was ever bought
        needs.append(Need(sku.code, sku.name, wanted[sku.code], have))
    limit = limit_of(connection.tenant, Limit.EXTENSIONS)
    room = None if limit is None else max(0, limit - there)
    if room is not None and room < users:
        needs.insert(0, Need("", _("Extensions that the company may have"), users, room))
    return needs


def shortages(template: AssignmentTemplate, *, users: int | None = None, numbers: int = 0) -> list[Need]:
    """The licences of which a run of `template` would find too few now, as `needs_of`; one query where it is told how
    many, else two."""
    return [need for need in needs_of(template, users=users, numbers=numbers) if need.short]


def room_left() -> int | None:
    """How many extensions the company's own limit still allows; None: as many as it likes."""
    limit = limit_of(connection.tenant, Limit.EXTENSIONS)
    return None if limit is None else max(0, limit - Extension.objects.count())
