"""Reads that feed the screens of a tenant's own pages."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Case, Count, Func, IntegerField, Q, QuerySet, TextField, When, Window
from django.db.models.functions import RowNumber
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from extensions.keys.phones import telephones_with
from extensions.models import Extension, ExtensionState, QueueParameters, Release
from extensions.services.numbers import emergency_numbers
from extensions.services.queue_parameters import PARAMETERS
from portal.core.bulk import NAMED, BulkPlan

FIRST_NUMBER = 101


@dataclass(frozen=True, slots=True)
class Difference:
    """One parameter that the next publication changes, as `components/changes.html` shows it."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class QueueState:
    """The draft, what the queues use, and what differs."""

    draft: QueueParameters
    published: QueueParameters
    differences: list[Difference]


def extensions() -> QuerySet[Extension]:
    """All extensions with their users."""
    return Extension.objects.select_related("user")


def listed_extensions() -> QuerySet[Extension]:
    """What the list shows of each: the user's name, teams, telephones, outside number, add-ons. No secrets."""
    return _listed().all()


@cache
def _listed() -> QuerySet[Extension]:
    """Never evaluated itself, and of no tenant: a query names tables, the connection says whose."""
    return Extension.objects.only(
        "number", "directory_name", "mobile", "state", "user", "home_team", "created_at"
    ).annotate(
        user_name=UserName("user"),
        team_names=TeamNames("pk"),
        phone_count=PhoneCount("pk"),
        outside=OutsideNumberOf("pk"),
        addon_names=addon_names(),
    )


def addon_names() -> Func:
    """The add-ons of each extension in one text, to annotate with; the app that sells them is named in the settings."""
    found: Func = import_string(settings.EXTENSION_ADDONS)("pk")
    return found


# Django's own subqueries say the same; putting them together takes longer than PostgreSQL needs for the answer.
class UserName(Func):
    """The logon of the user with this key."""

    template = '(SELECT username FROM "accounts_user" WHERE id = %(expressions)s)'
    output_field = TextField()


class TeamNames(Func):
    """The names of the teams of the extension with this key, in one text."""

    template = (
        "(SELECT string_agg(team.name, ', ' ORDER BY team.name) FROM \"extensions_teammember\" member"
        ' JOIN "extensions_team" team ON team.id = member.team_id WHERE member.extension_id = %(expressions)s)'
    )
    output_field = TextField()


class OutsideNumberOf(Func):
    """The outside number of the extension with this key."""

    template = '(SELECT e164 FROM "extensions_outsidenumber" WHERE extension_id = %(expressions)s)'
    output_field = TextField()


class PhoneCount(Func):
    """How many telephones the extension with this key has."""

    template = '(SELECT count(*) FROM "extensions_phone" WHERE extension_id = %(expressions)s)'
    output_field = IntegerField()


def phones_to_provision(extension: Extension) -> list[str]:
    """The telephones that show the extension's number or name: its own, and those with a key for it. By MAC address."""
    return [str(phone) for phone in telephones_with(extension)]


def next_free_number() -> str:
    """The smallest number from 101 on that nothing has and that is no emergency number; empty when all are taken."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT candidate FROM generate_series(%s, 99999) AS candidate
            WHERE NOT EXISTS (SELECT FROM extensions_dialnumber WHERE number = candidate::text)
              AND candidate::text <> ALL(%s) LIMIT 1
            """,
            [FIRST_NUMBER, sorted(emergency_numbers())],
        )
        found = cursor.fetchone()
    return str(found[0]) if found else ""


def bulk_plan(rows: QuerySet[Extension], *, movable: Collection[ExtensionState]) -> BulkPlan:
    """What a bulk action that moves extensions in the states `movable` would do with `rows`, in two queries."""
    return plan_where(rows, Q(state__in=movable))


def plan_where(rows: QuerySet[Extension], fits: Q) -> BulkPlan:
    """What a bulk action that changes those that fit `fits` would do with `rows`, in two queries."""
    counted = rows.order_by().aggregate(changing=Count("pk", filter=fits), skipped=Count("pk", filter=~fits))
    changes = Case(When(fits, then=True), default=False)
    place = Window(RowNumber(), partition_by=[changes], order_by="number")
    named = rows.annotate(changes=changes, place=place).filter(place__lte=NAMED).order_by("number")
    names = [(extension.changes, str(extension)) for extension in named]
    return BulkPlan(
        counted["changing"], [name for moves, name in names if moves],
        counted["skipped"], [name for moves, name in names if not moves],
    )  # fmt: skip


def queue_state() -> QueueState:
    """Both rows of the queue parameters and what publishing would change."""
    rows = {row.release: row for row in QueueParameters.objects.all()}
    draft, published = rows[Release.DRAFT], rows[Release.PUBLISHED]
    return QueueState(draft, published, _differences(published, draft))


def label_of(parameter: str) -> str:
    """What pages call a queue parameter."""
    field: Any = QueueParameters._meta.get_field(parameter)
    return str(field.verbose_name)


def in_words(value: Any) -> Any:
    """Yes and no instead of True and False; everything else unchanged."""
    return {True: _("Yes"), False: _("No")}[value] if isinstance(value, bool) else value


def _differences(before: QueueParameters, after: QueueParameters) -> list[Difference]:
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in PARAMETERS]
    return [Difference(label_of(name), in_words(old), in_words(new)) for name, old, new in pairs if old != new]
