"""What makes each demonstration company the one it is: its hours, teams, words and days."""

from dataclasses import dataclass

from django.db import connection

from extensions.models import IntervalKind, RingStrategy, StatusKind, StatusSource
from extensions.services.schedules.week import Week, daily

BREAK = IntervalKind.BREAK
HOUR = 60
ALL, LINEAR, TURNS, IDLE, RANDOM = (
    RingStrategy.ALL,
    RingStrategy.LINEAR,
    RingStrategy.ROUND_ROBIN,
    RingStrategy.LONGEST_IDLE,
    RingStrategy.RANDOM,
)


@dataclass(frozen=True, slots=True)
class Crew:
    """One team. `places` are the places of its members in the list of extensions, counted round."""

    name: str
    description: str
    number: str
    strategy: RingStrategy
    seconds: int
    places: tuple[int, ...]
    then: str = ""  # the team that takes unanswered calls; empty: hang up


@dataclass(frozen=True, slots=True)
class Turn:
    """One change of a status on a working day: `place` in the list of extensions, at a minute of the local day.

    `lasts` is in minutes; 0 has no end.
    """

    place: int
    minute: int
    kind: StatusKind
    source: StatusSource = StatusSource.USER
    lasts: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Character:
    """`hours` are the company's, `desk_hours` those of the first extension, `third` a schedule that waits for use.

    `closing` is why that desk is closed by hand today; `status` what the company's own status is called; `days` happen
    on every working day, `today` on the last one only.
    """

    hours: tuple[str, Week]
    desk_hours: tuple[str, Week]
    third: tuple[str, Week]
    closing: str
    crews: tuple[Crew, ...]
    managed: str
    status: str
    days: tuple[Turn, ...]
    today: tuple[Turn, ...]
    box: str
    room: str
    slots: tuple[str, ...]


KENTON = Character(
    hours=("Office hours", Week(
        daily(range(4), 8 * HOUR + 30, 17 * HOUR + 30) + daily([4], 8 * HOUR + 30, 15 * HOUR)
        + daily(range(4), 12 * HOUR, 13 * HOUR, BREAK) + daily([4], 12 * HOUR, 12 * HOUR + 30, BREAK)
    )),
    desk_hours=("Shop", Week(
        daily(range(5), 10 * HOUR, 13 * HOUR) + daily(range(5), 14 * HOUR, 19 * HOUR)
        + daily([5], 10 * HOUR, 16 * HOUR) + daily(range(5), 16 * HOUR, 16 * HOUR + 15, BREAK)
    )),
    third=("Night service", Week(daily(range(7), 22 * HOUR, 30 * HOUR))),  # until 06:00 of the next day
    closing="Stocktaking",
    crews=(
        Crew("Front desk", "First to answer the main number", "511", ALL, 25, (0, 1, 2)),
        Crew("Sales", "Quotes and orders", "512", TURNS, 15, (1, 2, 3, 4), "Front desk"),
        Crew("Support", "Help for customers", "513", IDLE, 20, (2, 3, 5), "Front desk"),
        Crew("Dispatch", "Deliveries and collections", "514", LINEAR, 30, (4, 1), "Front desk"),
        Crew("On call", "Evenings and weekends", "515", RANDOM, 20, (3, 0, 2)),
    ),
    managed="Sales",
    status="Training",
    days=(
        Turn(2, 8 * HOUR + 34, StatusKind.AVAILABLE),
        Turn(2, 12 * HOUR + 2, StatusKind.AWAY, lasts=45, note="Lunch"),
        Turn(2, 17 * HOUR + 21, StatusKind.LOGGED_OUT, StatusSource.KEY),
        Turn(3, 9 * HOUR + 47, StatusKind.BUSY, note="Stocktaking"),
        Turn(3, 11 * HOUR + 5, StatusKind.AVAILABLE, StatusSource.KEY),
    ),
    today=(
        Turn(1, 9 * HOUR + 10, StatusKind.BUSY, lasts=3 * HOUR, note="Talking to the auditors"),
        Turn(6, 10 * HOUR + 15, StatusKind.DND, StatusSource.KEY),
        Turn(7, 9 * HOUR, StatusKind.CUSTOM_1, StatusSource.MANAGER, lasts=5 * HOUR, note="First aid course"),
        Turn(8, 10 * HOUR + 40, StatusKind.LOGGED_OUT, StatusSource.MANAGER, note="Went home ill"),
        Turn(3, 11 * HOUR + 25, StatusKind.AWAY, lasts=90, note="At the dentist"),
    ),
    box="Orders",
    room="Board room",
    slots=("Sales", "Sales", "Workshop", "Accounts"),
)  # fmt: skip
PRACTICE = Character(
    hours=("Consultation hours", Week(
        daily(range(5), 8 * HOUR, 18 * HOUR) + daily([5], 9 * HOUR, 12 * HOUR)
        + daily([0, 1, 3], 13 * HOUR, 15 * HOUR, BREAK) + daily([2, 4], 13 * HOUR, 18 * HOUR, BREAK)
    )),
    desk_hours=("Reception", Week(
        daily(range(5), 7 * HOUR + 30, 18 * HOUR + 30) + daily([5], 8 * HOUR + 30, 12 * HOUR + 30)
    )),
    third=("Emergency duty", Week(daily(range(7), 18 * HOUR + 30, 31 * HOUR + 30))),
    closing="Computers are being updated",
    crews=(
        Crew("Reception", "Appointments and repeat prescriptions", "1511", ALL, 20, (0, 5)),
        Crew("Doctors", "For colleagues and hospitals only", "1512", LINEAR, 30, (2, 3), "Reception"),
        Crew("Laboratory", "Results for the doctors", "1513", IDLE, 25, (6, 5), "Reception"),
        Crew("Pharmacy", "Collections and stock", "1514", ALL, 25, (4,), "Reception"),
        Crew("Duty doctor", "Nights and weekends", "1515", LINEAR, 40, (3, 2)),
    ),
    managed="Reception",
    status="With a patient",
    days=(
        Turn(2, 7 * HOUR + 58, StatusKind.AVAILABLE),
        Turn(2, 9 * HOUR + 12, StatusKind.CUSTOM_1, lasts=25, note="Room 2"),
        Turn(3, 9 * HOUR + 40, StatusKind.CUSTOM_1, lasts=35, note="Room 1"),
        Turn(3, 13 * HOUR, StatusKind.AWAY, lasts=2 * HOUR, note="House calls"),
        Turn(2, 18 * HOUR + 6, StatusKind.LOGGED_OUT, StatusSource.KEY),
    ),
    today=(
        Turn(1, 10 * HOUR + 30, StatusKind.BUSY, lasts=30, note="Insurance on the line"),
        Turn(2, 11 * HOUR + 15, StatusKind.DND, StatusSource.KEY, lasts=90, note="Small surgery"),
    ),
    box="Prescriptions",
    room="Case conference",
    slots=("Doctors", "Doctors", "Pharmacy", "Laboratory"),
)  # fmt: skip
DEPOT = Character(
    hours=("Frühschicht", Week(daily(range(6), 6 * HOUR, 14 * HOUR) + daily(range(6), 9 * HOUR, 9 * HOUR + 30, BREAK))),
    desk_hours=("Zentrale", Week(
        daily(range(5), 6 * HOUR, 22 * HOUR) + daily(range(5), 13 * HOUR + 45, 14 * HOUR + 15, BREAK)
    )),
    third=("Nachtschicht", Week(
        daily(range(6), 22 * HOUR, 30 * HOUR) + daily(range(1, 7), 2 * HOUR, 2 * HOUR + 30, BREAK)
    )),
    closing="Tore zu: Sturmwarnung",
    crews=(
        Crew("Disposition", "Fahrer unterwegs", "511", ALL, 15, (3, 4)),
        Crew("Nachtdisposition", "Von 22:00 bis 06:00", "512", LINEAR, 30, (4, 3), "Disposition"),
        Crew("Rampe", "Tore 1 bis 12", "513", TURNS, 20, (1, 2), "Disposition"),
        Crew("Zoll", "Papiere für den Hafen", "514", LINEAR, 25, (2, 0), "Disposition"),
    ),
    managed="Disposition",
    status="An der Rampe",
    days=(
        Turn(3, 5 * HOUR + 52, StatusKind.AVAILABLE, StatusSource.KEY),
        Turn(3, 9 * HOUR + 1, StatusKind.AWAY, lasts=30, note="Frühstück"),
        Turn(3, 14 * HOUR + 8, StatusKind.LOGGED_OUT, StatusSource.KEY),
        Turn(2, 6 * HOUR + 15, StatusKind.CUSTOM_1, lasts=2 * HOUR, note="Tor 7"),
        Turn(2, 22 * HOUR + 4, StatusKind.AVAILABLE, StatusSource.KEY, note="Nachtschicht"),
    ),
    today=(
        Turn(1, 7 * HOUR + 20, StatusKind.BUSY, lasts=3 * HOUR, note="LKW bei Bremen verschollen"),
        Turn(2, 8 * HOUR + 40, StatusKind.CUSTOM_1, StatusSource.MANAGER, lasts=4 * HOUR, note="Zwei Container"),
    ),
    box="Nachtnachrichten",
    room="Schichtübergabe",
    slots=("Fahrer", "Fahrer", "Rampe", "Zoll"),
)  # fmt: skip
_OF = {"HarbourClinic": PRACTICE, "NordwindLogistik": DEPOT}


def character() -> Character:
    """The character of the company whose tenant is active; an office where none is written."""
    return _OF.get(str(connection.tenant.name), KENTON)
