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
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                return _assign(stretch, by)
        except Overtaken:
            if attempt == TRIES - 1:
                raise
        except IntegrityError as clash:
            if broken_constraint(clash) not in OVERTAKEN or attempt == TRIES - 1:
                raise
    return 0


def _assign(stretch: Stretch, by: User | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.FAIL_WRONG, stretch.values)
        _fail_without_licence(cursor, stretch)
        cursor.execute(sql.COUNT_LEFT, stretch.values)
        left, numbered = cursor.fetchone()
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


def _fail_without_licence(cursor: Any, stretch: Stretch) -> None:
    """Hold the pools, and let those rows at the end go without that no licence is left for."""
    skus = sorted({PHONE_SYSTEM, NUMBER, *stretch.template.addons})
    cursor.execute(LOCK, [acting_now().user_name[:150], Reason.BULK.value, skus])
    free = {sku: None if bought is None else max(0, bought - used) for sku, bought, used, *_set in cursor.fetchall()}
    free = {sku: free.get(sku, 0) for sku in skus}
    if free[NUMBER] is not None:
        _cut(cursor, stretch, sql.FAIL_NUMBERS, free[NUMBER], "number", NUMBER)
    each = [(have, sku) for sku, have in free.items() if have is not None and sku != NUMBER]
    if each:
        have, sku = min(each)
        _cut(cursor, stretch, sql.FAIL_REST, have, "row", sku)
    room = room_left()
    if room is not None:
        _cut(cursor, stretch, sql.FAIL_REST, room, "row", "")


def _cut(cursor: Any, stretch: Stretch, statement: str, most: int, column: str, sku: str) -> None:
    cursor.execute(sql.COUNT_LEFT, stretch.values)
    left, numbered = cursor.fetchone()
    if (numbered if statement is sql.FAIL_NUMBERS else left) <= most:
        return
    name = Sku.objects.values_list("name", flat=True).get(code=sku) if sku else None
    code = "no_licence" if sku else "no_room"
    cursor.execute(statement, {**stretch.values, "most": most, "column": column, "code": code, "told": name})
