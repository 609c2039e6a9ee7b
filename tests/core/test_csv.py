"""CSV opens in a spreadsheet without running, and comes back in unchanged."""

import csv
import io

import pytest

from portal.core.csv import lines, neutral


@pytest.mark.parametrize("text", ["+6512345678", "-12", "12.50", "Kenton", "", "2026-11-21", "O'Brien", "a=b"])
def test_plain_values_and_telephone_numbers_stay_as_they_are(text: str) -> None:
    assert neutral(text) == text


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "  =1", "\t=1", "＝1", "|x", "%x"])
def test_what_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert neutral(text) == f"'{text}"


def test_the_file_reads_back_as_it_was_written() -> None:
    rows = [["101", "Tan, Mei", 'says "hello"', "+6591234567"], ["102", "line\nbreak", None, ""]]

    text = "".join(lines(["Number", "Name", "Words", "Mobile"], rows))

    assert text.startswith("\ufeff")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert read[1:] == [["101", "Tan, Mei", 'says "hello"', "+6591234567"], ["102", "line\nbreak", "", ""]]
