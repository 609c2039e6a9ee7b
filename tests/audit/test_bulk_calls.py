"""Calls that pass the log by are allowed only where somebody said why (THR-29, STYLE rule 25)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.audit.registry import exempt_models

ROOT = Path(__file__).resolve().parents[2]
APPS = ("portal", "tenants", "extensions", "customers", "licensing", "billing")
SILENT = {"update", "bulk_create", "bulk_update", "aupdate", "abulk_create", "abulk_update", "_raw_delete"}
# Whole modules or single functions (`path::function`), each with its reason. A call may also say it itself:
# `# audit: …` on its line or on the line above.
ALLOWED = {
    "portal/jobs/leases.py": "leases of the engine's own tables, which are exempt",
    "portal/jobs/periodic.py": "the engine's clock",
    "portal/accounts/seeding.py": "built-in roles of a new schema, before anybody is in it",
    "extensions/seeding.py": "defaults of a new schema, before anybody is in it",
    "tenants/services/migrations.py": "marks which schemas are up to date; the column is not watched",
    "tenants/services/versions.py": "raises a counter that is nobody's decision",
    "licensing/bulk/run.py": "outcomes of rows, which are exempt; what became of each is in the log of its extension",
    "tenants/services/steps/names.py": "moves the claims of a request, which are exempt, to its tenant",
}


def silent_calls(source: str, path: str) -> Iterator[str]:
    """Each call in `source` that changes rows without a trace and says nothing about it."""
    lines = source.splitlines()
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr not in SILENT:
            continue
        if call.func.attr.endswith("update") and not call.keywords and call.func.attr != "bulk_update":
            continue  # a dictionary's or a set's
        if _starts_with(call.func) in EXEMPT or _is_explained(lines, call):
            continue
        yield f"{path}:{call.lineno}: {call.func.attr}"


def _starts_with(node: ast.expr) -> str:
    """`Job` of `Job.objects.filter(…).update`."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _is_explained(lines: list[str], call: ast.Call) -> bool:
    near = lines[max(call.lineno - 2, 0) : call.end_lineno]
    return any("# audit:" in line for line in near)


EXEMPT = {model.__name__ for model in exempt_models()}


def test_no_rows_are_changed_behind_the_back_of_the_log() -> None:
    found = []
    for app in APPS:
        for file in sorted((ROOT / app).rglob("*.py")):
            path = str(file.relative_to(ROOT))
            if "/migrations/" not in path and path not in ALLOWED:
                found += silent_calls(file.read_text(encoding="utf-8"), path)

    assert not found, "use save(), or record_set and a comment `# audit: recorded by record_set`"


@pytest.mark.parametrize(
    "code",
    [
        "User.objects.filter(pk=1).update(email='x')",
        "rows.update(**columns)",
        "User.objects.bulk_create(people)",
        "manager.bulk_update(rows, ['name'])",
        "rows._raw_delete('default')",
    ],
)
def test_the_guard_goes_red_at_a_planted_call(code: str) -> None:
    assert list(silent_calls(code, "planted.py")) == [f"planted.py:1: {code.split('(')[-2].split('.')[-1]}"]


@pytest.mark.parametrize(
    "code",
    [
        "Outbox.objects.filter(pk=1).update(done_at=None)",
        "facts.update({'a': 1})",
        "# audit: recorded by record_set\nrows.update(state='x')",
        "rows.update(state='x')  # audit: recorded by record_set",
    ],
)
def test_the_guard_lets_harmless_calls_pass(code: str) -> None:
    assert not list(silent_calls(code, "planted.py"))


def test_the_list_of_allowed_modules_names_only_what_exists() -> None:
    assert not [path for path in ALLOWED if not (ROOT / path).exists()]
