import re
from pathlib import Path

from portal.run.features import due, rows_with_tests

MODULE = """
import pytest

pytestmark = pytest.mark.feature("AAA-01")


@pytest.mark.feature("BBB-02", "BBB-03")
def test_one(): ...


@pytest.mark.parametrize("x", [1])
@pytest.mark.feature("BBB-02")
def test_two(x): ...


def test_three():
    other.feature("CCC-04")
"""


def test_marked_rows_are_counted_from_the_source(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "test_module.py").write_text(MODULE)
    (tmp_path / "helper.py").write_text(MODULE)

    assert rows_with_tests(tmp_path) == {"AAA-01": 1, "BBB-02": 2, "BBB-03": 1}


def test_every_row_due_has_an_id_and_a_text() -> None:
    rows = due()

    assert len(rows) > 70
    assert all(re.fullmatch(r"[A-Z]{2,4}-[0-9]{2}", row) and text for row, text in rows.items())
