"""Files as people have them: what is read, and what is refused with which sentence."""

import csv
import zipfile
from io import BytesIO, StringIO

import pytest
from openpyxl import Workbook

from licensing.bulk.limits import MOST_BYTES, MOST_USERS
from licensing.bulk.reading import Kind, UnreadableFile, read_file
from licensing.bulk.samples import sample
from licensing.headings import PROVISIONED
from portal.core.csv import lines

TEXT = "Ext Key,User's Name,Number\r\n101,Tony,+6512345678\r\n102,Jane,\r\n"
UUID = "652d2f57-6e3b-4170-8bf9-4f1e98c88b56"


def meanings(content: bytes) -> list[tuple[str, str, str]]:
    return [(row.key, row.name or row.identity or "", row.e164) for _line, row in read_file(content).rows]


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_file(content)
    assert refused.value.field == "file"
    return refused.value.message


def problems(text: str) -> list[tuple[int, str, str]]:
    return [(line, column, code) for line, row in read_file(text.encode()).rows for column, code, _told in row.problems]


WANTED = [("101", "Tony", "+6512345678"), ("102", "Jane", "")]


@pytest.mark.feature("BLK-27")
@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        b"\xff\xfe" + TEXT.replace(",", "\t").encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace(",", ";").encode(),
        b"sep=;\r\n" + TEXT.replace(",", ";").encode(),
        TEXT.replace("\r\n", "\n").encode(),
        TEXT.replace("\r\n", "\r").encode(),
        TEXT.replace("\r\n", "\r\n\r\n").encode(),
        TEXT.replace("102", ",,\r\n102").encode(),
        TEXT.replace("Ext Key,User's Name,Number", "EXT key, user’S  name ,NUMBER").encode(),
        TEXT.replace("Tony", '"Tony"').replace("101", '"101"').encode(),
        TEXT.replace(",Number", ",Number,,").encode(),
        b"Number,User's Name,Ext Key\n+65 1234-5678,Tony,101\n,Jane,102\n",
        b"Ext Key,User's Name,Number,Error\n101,Tony,6512345678,Something was wrong\n102,Jane,,\n",
    ],
)
def test_files_as_people_have_them_say_the_same(content: bytes) -> None:
    assert meanings(content) == WANTED


@pytest.mark.feature("BLK-27")
def test_a_workbook_says_the_same_with_numbers_as_numbers() -> None:
    assert (
        meanings(workbook(["Ext Key", "User's Name", "Number"], [101, "Tony", 6512345678], [102, "Jane", None]))
        == WANTED
    )
    assert meanings(workbook(["Ext Key", "Identity UUID", "Number"], [], ["101", UUID, "+6512345678"])) == [
        ("101", UUID, "+6512345678")
    ]


@pytest.mark.feature("BLK-27")
def test_our_own_export_comes_back_unchanged_with_its_plus_and_its_formulas() -> None:
    exported = "".join(lines(sample(Kind.NAME)[0], [["101", "=Tony", "+6512345678"], ["102", "-Jane", ""]]))

    assert "'=Tony" in exported
    assert meanings(exported.encode()) == [("101", "=Tony", "+6512345678"), ("102", "-Jane", "")]


@pytest.mark.feature("BLK-06", "BLK-07")
def test_the_samples_have_the_columns_and_rows_of_the_manual() -> None:
    assert sample(Kind.NAME) == (
        ["Ext Key", "User's Name", "Number"],
        (("101", "Tony", "+6512345678"), ("102", "Jane", "")),
    )
    heading, rows = sample(Kind.UUID)
    assert heading == ["Ext Key", "Identity UUID", "Number"]
    assert rows == (("101", UUID, "+6512345678"), ("102", "7bccb66a-61bc-4bc0-85e6-7fd5e4b1708e", ""))


@pytest.mark.feature("BLK-08", "BLK-09", "BLK-12", "BLK-24", "BLK-27")
def test_every_problem_of_every_row_is_told_with_row_and_column() -> None:
    rows = [
        ",Tony,",
        "12,Tony,+6512345678x",
        "123456,,1.23E+10",
        "1e3,Tony,6512345678/6512345679",
        "10a,Tony,12345",
        "1\x0001,To\x00ny,65\x0012345678",
        f"105,{'x' * 151},",
        "106,Tony,,surplus",
    ]
    found = problems("Ext Key,User's Name,Number\n" + "\n".join(rows))

    assert found == [
        (2, "ext_key", "key_blank"),
        (3, "ext_key", "key_length"),
        (3, "number", "number_shape"),
        (4, "ext_key", "key_length"),
        (4, "person", "name_blank"),
        (4, "number", "scientific"),
        (5, "ext_key", "scientific"),
        (5, "number", "number_many"),
        (6, "ext_key", "key_digits"),
        (6, "number", "number_shape"),
        (7, "ext_key", "control"),
        (7, "person", "control"),
        (7, "number", "control"),
        (8, "person", "name_long"),
        (9, "row", "cells"),
    ]


@pytest.mark.feature("BLK-08")
@pytest.mark.parametrize(
    ("key", "right"), [("12", False), ("123", True), ("12345", True), ("123456", False), ("007", True)]
)
def test_an_ext_key_has_three_to_five_digits(key: str, right: bool) -> None:
    assert (problems(f"Ext Key,User's Name,Number\n{key},Tony,") == []) is right


@pytest.mark.feature("BLK-10")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"Ext Key,User's Name,Number\n101,Tony,\n102,{UUID},", "rows 3"),
        (f"Ext Key,Identity UUID,Number\n101,{UUID},\n102,Jane,", "rows 3"),
        (f"Ext Key,User's Name,Identity UUID,Number\n101,Tony,{UUID},", "not by both"),
    ],
)
def test_a_file_that_mixes_names_and_uuids_is_refused_as_a_whole(text: str, words: str) -> None:
    assert words in refusal(text.encode())


@pytest.mark.feature("BLK-09")
def test_a_badly_copied_uuid_is_a_problem_of_its_row_and_not_a_name() -> None:
    text = f"Ext Key,Identity UUID,Number\n101,{UUID},\n102,{UUID[:-1]},\n103,,"

    assert problems(text) == [(3, "person", "uuid_shape"), (4, "person", "uuid_blank")]


@pytest.mark.feature("BLK-27")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\r\n \r\n", "empty"),
        (b"Ext Key,User's Name,Number\r\n", "no users"),
        (b"Ext Key,User's Name,Number,Colour\n101,Tony,,red\n", "“Colour”"),
        (b"Ext Key,User's Name,Number,Number\n101,Tony,,\n", "appears twice"),
        (b"User's Name,Number\nTony,\n", "Missing: Ext Key"),
        (b"101,Tony,+6512345678\n", "“101”"),
        (b"Ext Key,User's Name,Number\n101,To\xfcny,\n", "Row 2"),
        (b"Ext Key,User's Name,Number\n101,Tony,\n102,\"Jane,\n103,Kim,\n", "Row 3"),
        (b'Ext Key,User\'s Name,Number\n101,"To"ny,\n', "Row 2"),
        (b"PK\x03\x04 no archive at all", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_why_and_where(content: bytes, words: str) -> None:
    assert words in refusal(content)


@pytest.mark.feature("BLK-07", "EXP-02")
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_the_download_of_provisioned_extensions_is_told_apart_and_the_sample_named(between: str) -> None:
    downloaded = "\n".join([between.join(PROVISIONED), between.join(["101", "", "Tony", "Team Chat"])])

    told = refusal(downloaded.encode())

    assert told.startswith("This is the download of provisioned extensions")
    assert "Take the sample file “By user's name”" in told
    assert "“User”" in refusal(f"Ext Key{between}User\n101{between}Tony".encode())


@pytest.mark.feature("BLK-13")
def test_fifteen_thousand_users_are_read_and_one_more_is_refused() -> None:
    heading = "Ext Key,User's Name,Number\n"
    rows = [f"{number:05d},Person {number}," for number in range(MOST_USERS + 1)]

    assert len(read_file((heading + "\n".join(rows[:-1])).encode()).rows) == MOST_USERS
    assert "15000" in refusal((heading + "\n".join(rows)).encode())


@pytest.mark.feature("BLK-15")
def test_five_megabytes_are_read_and_a_byte_more_is_refused_before_it_is_parsed() -> None:
    text = TEXT.encode() + b"\n" * (MOST_BYTES - len(TEXT))

    assert len(text) == MOST_BYTES
    assert meanings(text) == WANTED
    assert "5 MB" in refusal(b'"never read' + b"x" * (MOST_BYTES - 10))


@pytest.mark.feature("BLK-15")
def test_a_workbook_that_unpacks_to_far_too_much_is_refused_before_it_is_unpacked() -> None:
    assert "unpacks" in refusal(bomb(50 * 1024 * 1024))


@pytest.mark.feature("BLK-15")
def test_a_bomb_that_lies_about_its_size_is_refused_as_well() -> None:
    packed = bytearray(bomb(50 * 1024 * 1024))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = packed.find(mark)
        packed[place + at : place + at + 4] = (1000).to_bytes(4, "little")

    assert refusal(bytes(packed))


def test_a_cell_far_below_does_not_make_a_thousand_empty_rows() -> None:
    book = Workbook()
    book.active.append(["Ext Key", "User's Name", "Number"])
    book.active["A2"], book.active["B2"] = "101", "Tony"
    book.active["XFD1048576"] = "far"
    file = BytesIO()
    book.save(file)

    assert meanings(file.getvalue()) == [("101", "Tony", "")]


def workbook(*rows: list) -> bytes:
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def bomb(size: int) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * size)
    return file.getvalue()


def test_quoting_survives_a_round_trip() -> None:
    file = StringIO()
    csv.writer(file).writerows([["Ext Key", "User's Name", "Number"], ["101", 'Tony "T", Jr.\nof Kenton', ""]])

    assert meanings(file.getvalue().encode()) == [("101", 'Tony "T", Jr. of Kenton', "")]
