"""Small files are a choice; this test makes it (STYLE rule 1)."""

import pytest

from tests.contracts.project import own_files, relative


@pytest.mark.parametrize(("suffix", "most"), [(".py", 300), (".html", 120), (".css", 200)])
def test_no_file_is_too_long(suffix: str, most: int) -> None:
    lengths = {relative(file): len(file.read_text().splitlines()) for file in own_files(suffix)}

    assert {name: length for name, length in lengths.items() if length > most} == {}
