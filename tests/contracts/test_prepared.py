"""What tests/prepared.py takes for code that shapes no row really shapes none."""

import re

from tests.prepared import PAGES, ROOT, UPPER, code


def imports_of(text: str) -> set[str]:
    """Modules that a file imports."""
    return set(re.findall(r"^\s*(?:from|import) ([\w.]+)", text, re.MULTILINE))


def test_migrations_and_seeds_use_only_code_whose_change_prepares_the_database_anew() -> None:
    shaping = [
        path for path in code(of_the_world=False) if path.name == "seeding.py" or path.parent.name == "migrations"
    ]

    for path in shaping:
        for module in imports_of(path.read_text()):
            parts = set(module.split("."))
            assert not parts & PAGES, f"{path.relative_to(ROOT)} imports {module}"
            assert not (parts & UPPER and "services" in parts), f"{path.relative_to(ROOT)} imports {module}"
    assert len(shaping) > 10
