"""Which rows of the feature list have a test: `@pytest.mark.feature("ID")` against docs/features.txt."""

import ast
from pathlib import Path

from portal.run.console import ROOT, Refusal, _, say


def due() -> dict[str, str]:
    """The rows that must have a test, from docs/features.txt: one `ID text` per line, `#` begins a comment."""
    file = ROOT / "docs" / "features.txt"
    if not file.exists():
        raise Refusal(_("{path} is missing.").format(path=file))
    rows = [line.strip().partition(" ") for line in file.read_text().splitlines()]
    return {row: text.strip() for row, _space, text in rows if row and not row.startswith("#")}


def rows_with_tests(folder: Path) -> dict[str, int]:
    """How many marked tests each row has; read from the source, so that nothing needs to run."""
    counts: dict[str, int] = {}
    for file in sorted(folder.rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(), filename=str(file))):
            for row in _rows_of(node):
                counts[row] = counts.get(row, 0) + 1
    return counts


def report(*, every_row: bool) -> bool:
    """Print the rows with and without tests, or only those without; returns whether each row due has one."""
    counts = rows_with_tests(ROOT / "tests")
    rows = due()
    missing = [row for row in rows if not counts.get(row)]
    unknown = sorted(counts.keys() - rows.keys())
    if every_row:
        for row, text in rows.items():
            say(f"  {counts.get(row, 0):>3}  {row:<8} {text}")
        if unknown:
            say(_("Tested, not due: {rows}").format(rows=" ".join(unknown)))
    if missing:
        say(_("Without a test: {rows}").format(rows=" ".join(missing)))
    say(_("{done} of {all} rows have a test.").format(done=len(rows) - len(missing), all=len(rows)))
    return not missing


def _rows_of(node: ast.AST) -> list[str]:
    """The ids in one `...mark.feature("A", "B")` call, used as a decorator or in a pytestmark."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "feature"):
        return []
    if not (isinstance(node.func.value, ast.Attribute) and node.func.value.attr == "mark"):
        return []
    return [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
