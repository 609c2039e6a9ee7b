"""A refusal that hangs on the name of a constraint is reached only while the database has one of that name."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from portal.accounts.models import Role
from portal.core.db.clashes import refusing
from portal.core.errors import DomainError
from tests.contracts.project import APPS, own_files, relative

MEANINGS = "dict[str, DomainError]"


def constraints_meant(file: Path) -> Iterator[str]:
    """The names in the dictionaries that `refusing` is given in `file`, written there or returned by a function."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "refusing":
            yield from _keys(node.args)
        elif isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == MEANINGS:
            yield from _keys([inner.value for inner in ast.walk(node) if isinstance(inner, ast.Return)])


def _keys(nodes: Sequence[ast.AST | None]) -> Iterator[str]:
    for found in nodes:
        if isinstance(found, ast.Dict):
            yield from (str(key.value) for key in found.keys if isinstance(key, ast.Constant))


@pytest.mark.django_db
def test_every_constraint_that_a_refusal_waits_for_exists() -> None:
    meant = {
        (relative(file), name)
        for file in own_files(".py")
        if relative(file).startswith(APPS)
        for name in constraints_meant(file)
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'i' UNION SELECT conname FROM pg_constraint")
        there = {name for (name,) in cursor.fetchall()}

    assert len(meant) > 25
    assert sorted((file, name) for file, name in meant if name not in there) == []


@pytest.mark.django_db
def test_a_clash_with_another_constraint_stays_a_fault() -> None:
    Role.objects.create(code="night", name="Night shift")

    with pytest.raises(IntegrityError), refusing({"role_name_unique": DomainError("taken")}), transaction.atomic():
        Role.objects.create(code="night", name="Day shift")
    with pytest.raises(DomainError, match="taken"), refusing({"role_name_unique": DomainError("taken")}):
        Role.objects.create(code="day", name="NIGHT shift")

    assert Role.objects.filter(code="night").exists(), "the savepoint kept what was written before"
