"""Tests name rows of the feature list that exist."""

from portal.run.features import due, rows_with_tests
from tests.contracts.project import ROOT

# Rows of which a part exists already, although they are not due yet.
AHEAD = {"EXT-11", "EXT-13", "POR-03", "TEN-06", "TPL-06", "UXP-06"}


def test_every_marked_row_is_in_the_list() -> None:
    marked = rows_with_tests(ROOT / "tests")

    assert marked.keys() - due().keys() - AHEAD == set()
