"""What the audit in the browser leaves to a look at the style sheets themselves."""

from tests.contracts.project import own_files, relative


def test_no_style_sheet_locks_the_page_to_an_orientation() -> None:
    asking = [relative(file) for file in own_files(".css") if "orientation:" in file.read_text().replace(" ", "")]

    assert asking == []
