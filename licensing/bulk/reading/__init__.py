"""Reading the file of an assignment: CSV as people have it, or a workbook (BLK-07 to BLK-15, BLK-27)."""

from licensing.bulk.reading.columns import EXT_KEY, NUMBER, PERSON, Kind
from licensing.bulk.reading.reader import ReadFile, read_file
from licensing.bulk.reading.refusals import UnreadableFile
from licensing.bulk.reading.shapes import CleanRow, clean_row

__all__ = ["EXT_KEY", "NUMBER", "PERSON", "CleanRow", "Kind", "ReadFile", "UnreadableFile", "clean_row", "read_file"]
