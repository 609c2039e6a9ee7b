"""The file that is uploaded: made of the portal's own exports, with mistakes, and mended from what the portal says."""

import csv
from pathlib import Path

FIRST_KEY = 10_000
HEADING = ["Ext Key", "Identity UUID", "Number"]
NOBODY = "00000000-0000-4000-8000-000000000000"
Row = tuple[str, str, str]


def rows_of(path: Path) -> list[dict[str, str]]:
    """A downloaded file, by its own headings."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def right_rows(users: Path, numbers: Path, people: int) -> list[Row]:
    """Everybody with a name like “Person 7” gets a key, and every other one a number."""
    everybody = [one["Identity UUID"] for one in rows_of(users) if one["Name"].startswith("Person ")]
    free = [one["Number"] for one in rows_of(numbers) if one["State"] == "Available"]
    return [
        (str(FIRST_KEY + place), person, free[place // 2] if place % 2 == 0 else "")
        for place, person in enumerate(everybody[:people])
    ]


def with_mistakes(rows: list[Row], mistakes: int) -> list[Row]:
    """The same with so many wrong rows, spread over the whole file and wrong in five ways."""
    made = list(rows)
    for mistake in range(mistakes):
        place = mistake * (len(rows) // mistakes)
        key, person, number = rows[place]
        made[place] = (
            ("12", person, number),
            (key, NOBODY, number),
            (key, person, "1.2E+9"),
            ("", person, number),
            (key, person, "+6599999999999"),
        )[mistake % 5]
    return made


def write(path: Path, rows: list[Row]) -> Path:
    """As a spreadsheet saves it where semicolons divide the cells."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADING)
        writer.writerows(rows)
    return path


def mended(errors: Path, rows: list[Row], path: Path) -> tuple[Path, int]:
    """The file with the error column, each row that has an error put right; returns it and how many those were."""
    told = rows_of(errors)
    wrong = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*HEADING, "Error"])
        for line, right in zip(told, rows, strict=True):
            wrong += bool(line["Error"])
            writer.writerow([*right, line["Error"]] if line["Error"] else [*(line[name] for name in HEADING), ""])
    return path, wrong
