"""Uploaded files: what is read, and what is refused with which words."""

import pytest

from portal.core.csv import CsvRow, UnreadableCsv, lines, read_csv

KNOWN = ("name", "date")


def refusal(content: bytes, **given: object) -> str:
    with pytest.raises(UnreadableCsv) as refused:
        read_csv(content, known=KNOWN, required=KNOWN, **given)  # type: ignore[arg-type]
    assert refused.value.field == "file"
    return refused.value.message


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_comma_semicolon_and_tab_are_read_with_or_without_a_mark(delimiter: str) -> None:
    text = f"Date{delimiter} NAME \r\n2026-12-25{delimiter}Christmas\r\n\r\n2027-01-01{delimiter}Neujahr ☃\r\n"
    expected = [
        CsvRow(2, {"name": "Christmas", "date": "2026-12-25"}),
        CsvRow(4, {"name": "Neujahr ☃", "date": "2027-01-01"}),
    ]

    assert read_csv(text.encode(), known=KNOWN) == expected
    assert read_csv(text.encode("utf-8-sig"), known=KNOWN) == expected


def test_lines_are_counted_in_the_file_even_after_a_cell_of_several_lines() -> None:
    content = b'name,date\n"two\nlines",2026-01-01\nnext,2026-01-02\n'

    assert [row.line for row in read_csv(content, known=KNOWN)] == [2, 4]


def test_what_was_exported_comes_back_as_it_was() -> None:
    content = "".join(lines(["name", "date"], [["=SUM(A1)", "-x"], ["'quoted'", "+49301234567"]])).encode()

    assert [row.cells for row in read_csv(content, known=KNOWN)] == [
        {"name": "=SUM(A1)", "date": "-x"},
        {"name": "'quoted'", "date": "+49301234567"},
    ]


def test_columns_that_are_not_there_are_empty_and_empty_ones_at_the_end_do_not_count() -> None:
    assert read_csv(b"name,,\nA,,\n", known=KNOWN)[0].cells == {"name": "A", "date": ""}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty or no text."),
        (b"\xff\xfe\x00", "The file is not UTF-8 text. Save it as “CSV UTF-8”."),
        (b"a\0b", "The file is empty or no text."),
        (b"name,colour,date,size\n", "Unknown columns: colour, size. Known are: name, date."),
        (b"name\nA\n", "Missing columns: date."),
        (b"name,date,name\n", "A column appears twice in the heading."),
        (b"name,date\nA,B,C\n", "Line 2 has more cells than the heading."),
        (b'name,date\n"A,B\n' + b"x" * 200_000, "Line 3 cannot be read as CSV."),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(content: bytes, words: str) -> None:
    assert refusal(content) == words


def test_more_rows_than_allowed_are_refused() -> None:
    assert refusal(b"name,date\nA,B\nC,D\n", most=1) == "The file has 2 rows; at most 1 are read at once."
