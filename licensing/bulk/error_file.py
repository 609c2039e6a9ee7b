"""The uploaded rows as a file with an added column: to be mended and uploaded again (BLK-24)."""

from collections.abc import Iterator

from licensing.bulk.namesakes import candidates_for
from licensing.bulk.problems import column_word, sentence
from licensing.bulk.reading.columns import ERROR, HEADINGS, Kind, heading_of
from licensing.models import AssignmentRow, AssignmentTemplate


def heading_and_rows(template: AssignmentTemplate) -> tuple[list[str], Iterator[list[str]]]:
    """The heading, and every row in order with what is wrong with it; three queries for any number of rows."""
    rows = list(AssignmentRow.objects.filter(template=template).order_by("position"))
    kind = Kind.UUID if any(row.identity for row in rows) else Kind.NAME
    people = candidates_for(rows)

    def lines() -> Iterator[list[str]]:
        for row in rows:
            told = []
            for problem in row.problems:
                column = column_word(problem[0], kind)
                said = sentence(row, problem, people)
                told.append(f"{column}: {said}" if column else said)
            yield [row.ext_key, row.person, row.number, " ".join(told)]

    return [*heading_of(kind), HEADINGS[ERROR]], lines()
