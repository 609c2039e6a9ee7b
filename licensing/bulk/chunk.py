"""Assigning one stretch of rows, in the caller's transaction, by set (BLK-02, BLK-28).

Whatever is wrong with a row by now becomes its outcome; the others get extension, box, number and add-ons in a handful
of statements. Somebody who is quicker between our look and our write shows as a broken constraint: then we look again.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import DatabaseError, IntegrityError, connection, transaction

from extensions.events import ExtensionsCreated
from extensions.services.secrets import new_sip_sign_ins
from licensing.bulk import statements as sql
from licensing.bulk.audit_of_run import record_assigned
from licensing.bulk.needs import room_left
from licensing.capacity import LOCK
from licensing.models import Reason
from licensing.models.bulk import AssignmentTemplate
from portal.accounts.models import User
from portal.audit.context import acting_now
from portal.core.crypto import encrypt
from portal.core.db.clashes import broken_constraint
from portal.core.events import emit
from tenants.models import Sku
from tenants.skus import NUMBER, PHONE_SYSTEM

TRIES = 5
# What it means when one of these is broken: somebody took a key, a user, a number or a licence a moment ago.
OVERTAKEN = frozenset(
    {
        "dial_number_unique",
        "extension_number_unique",
        "extensions_extension_user_id_key",
        "extensions_outsidenumber_extension_id_key",
        "pool_used_within_bought",
    }
)


class Overtaken(DatabaseError):
    """A number was assigned by somebody else between our look and our write."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of a template by position, and what every statement about them needs."""

    template: AssignmentTemplate
    first: int
    last: int
    at: datetime
    facts: dict[str, Any]

    @property
    def values(self) -> dict[str, Any]:
        return {**self.facts, "template": self.template.pk, "first": self.first, "last": self.last, "at": self.at}

    def reaching(self, last: int) -> "Stretch":
        """The same as far as position `last`."""
        return replace(self, last=last)


def assign_stretch(stretch: Stretch, *, by: User | None) -> int:
    """Assign those of the waiting rows that can be; the others get their problem. Returns how many were assigned."""
    attempt = 0
    while True:
        attempt += 1
        try:
            with transaction.atomic():
                return _assign(stretch, by)
        except (Overtaken, IntegrityError) as clash:
            overtaken = isinstance(clash, Overtaken) or broken_constraint(clash) in OVERTAKEN
            if not overtaken or attempt == TRIES:
                raise


def _assign(stretch: Stretch, by: User | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.FAIL_WRONG, stretch.values)
        left, numbered = _fail_without_licence(cursor, stretch)
        if not left:
            return 0
        ids = _insert(cursor, stretch, left, numbered)
    record_assigned(stretch.template, ids, with_numbers=bool(numbered))
    with connection.cursor() as cursor:
        cursor.execute(sql.MARK_ASSIGNED, stretch.values)
    emit(ExtensionsCreated(extension_ids=tuple(ids), by_id=by.pk if by else 0))
    return left


def _insert(cursor: Any, stretch: Stretch, left: int, numbered: int) -> list[int]:
    names, passwords = new_sip_sign_ins(left)
    secrets = {"usernames": names, "passwords": [encrypt(word) for word in passwords]}
    cursor.execute(sql.INSERT_EXTENSIONS, {**stretch.values, **secrets})
    ids = [pk for (pk,) in cursor.fetchall()]
    if len(ids) < left:
        raise Overtaken("a user was deleted")
    cursor.execute(sql.INSERT_MAILBOXES, {"ids": ids})
    if numbered:
        cursor.execute(sql.ASSIGN_NUMBERS, stretch.values)
        if cursor.rowcount < numbered:
            raise Overtaken("a number was assigned by somebody else")
    if stretch.template.addons:
        cursor.execute(sql.INSERT_ADDONS, {"ids": ids, "skus": sorted(stretch.template.addons)})
    return ids


def _fail_without_licence(cursor: Any, stretch: Stretch) -> tuple[int, int]:
    """Hold the pools, and let those rows at the end go without that no licence is left for.

    Returns how many rows are left, and how many of them want a number.
    """
    skus = sorted({PHONE_SYSTEM, NUMBER, *stretch.template.addons})
    cursor.execute(LOCK, [acting_now().user_name[:150], Reason.BULK.value, skus])
    free = {sku: None if bought is None else max(0, bought - used) for sku, bought, used, *_set in cursor.fetchall()}
    left = _left(cursor, stretch)
    if _is_less(free.get(NUMBER, 0), left[1]):
        _cut(cursor, sql.FAIL_NUMBERS, stretch, _told("number", free.get(NUMBER, 0), NUMBER))
        left = _left(cursor, stretch)
    for sku in skus:
        have = free.get(sku, 0)
        if sku != NUMBER and _is_less(have, left[0]):
            _cut(cursor, sql.FAIL_REST, stretch, _told("row", have, sku))
            left = _left(cursor, stretch)
    room = room_left()
    if _is_less(room, left[0]):
        _cut(cursor, sql.FAIL_REST, stretch, {"most": room, "column": "row", "code": "no_room", "told": None})
        left = _left(cursor, stretch)
    return left


def _is_less(have: int | None, wanted: int) -> bool:
    return have is not None and have < wanted


def _told(column: str, most: int | None, sku: str) -> dict[str, Any]:
    name = Sku.objects.values_list("name", flat=True).get(code=sku)
    return {"most": most, "column": column, "code": "no_licence", "told": name}


def _cut(cursor: Any, statement: str, stretch: Stretch, told: dict[str, Any]) -> None:
    cursor.execute(statement, {**stretch.values, **told})


def _left(cursor: Any, stretch: Stretch) -> tuple[int, int]:
    cursor.execute(sql.COUNT_LEFT, stretch.values)
    left, numbered = cursor.fetchone()
    return int(left), int(numbered)
