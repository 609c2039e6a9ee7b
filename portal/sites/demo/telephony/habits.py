"""How each demonstration company telephones: rules, forwards, telephones, keys, announcements."""

from dataclasses import dataclass

from django.db import connection

from extensions.models import BlockAction, BlockDirection, BlockMatch, CallClass, OutgoingMatch
from extensions.services.calls.blocked import Blocking

CLASS, COUNTRY, PREFIX = OutgoingMatch.CLASS, OutgoingMatch.COUNTRY, OutgoingMatch.PREFIX
IN, BOTH = BlockDirection.IN, BlockDirection.BOTH
BUSY, AWAY = "forward.busy.external.busy", "forward.away.external.no_answer"
AFTER_HOURS, DND = "forward.logged_out.external.no_answer", "forward.dnd.external.busy"
EMERGENCY = frozenset({"112", "995", "999"})  # dialled as they are

Lines = tuple[tuple[OutgoingMatch, str, bool, str], ...]
Chime = tuple[tuple[int, float], ...]
UP: Chime = ((523, 0.25), (659, 0.25), (784, 0.5))
DOWN: Chime = ((784, 0.3), (659, 0.3), (523, 0.6))
KNOCK: Chime = ((440, 0.4), (0, 0.2), (440, 0.4))


@dataclass(frozen=True, slots=True)
class Habits:
    """Places count the extensions from 0, in the order of their numbers; a place that nobody has is left out.

    `rules` are the company's and `wide` those of the extension at `wide_for`; `forwards` (place, setting, place of the
    target, seconds or 0); `exception` (label, caller); `tests` (name, caller or place of an extension, place of who is
    called, days after that Tuesday). `telephones` (beginning of the MAC address, model, modules, place) go to the first
    extensions; `shared` and `personal` speed dials end in four digits; `watched` is which places the template watches.
    """

    rules: tuple[str, Lines]
    wide: tuple[str, Lines]
    wide_for: int
    blocked: tuple[Blocking, ...]
    forwards: tuple[tuple[int, str, int, int], ...]
    exception: tuple[str, str]
    tests: tuple[tuple[str, str | int, int, int], ...]
    telephones: tuple[tuple[str, str, int, str], ...]
    shared: tuple[tuple[str, str, str], ...]
    personal: tuple[tuple[str, str, str], ...]
    template: str
    watched: tuple[int, ...]
    sounds: tuple[tuple[str, Chime], ...]


NO_PREMIUM = (CLASS, CallClass.PREMIUM, False, "Nobody needs these")
HERE: Lines = tuple(
    (CLASS, one, True, "") for one in (CallClass.INTERNAL, CallClass.LOCAL, CallClass.NATIONAL, CallClass.MOBILE)
)
KENTON = Habits(
    rules=("Office", (NO_PREMIUM, *HERE, (COUNTRY, "IE", True, "Head office of our supplier"))),
    wide=("International", (
        NO_PREMIUM, (PREFIX, "+881", False, "Satellite telephones"), (PREFIX, "+882", False, "Satellite telephones"),
        (CLASS, CallClass.INTERNATIONAL, True, ""),
    )),
    wide_for=1,
    blocked=(
        Blocking(BlockMatch.NUMBER, "+442079460999", IN, BlockAction.REJECT, "Rang forty times in a day"),
        Blocking(BlockMatch.PREFIX, "+88213", BOTH, BlockAction.REJECT, "Satellite fraud, spring"),
        Blocking(BlockMatch.ANONYMOUS, "", IN, BlockAction.VOICEMAIL, "May leave a message"),
    ),
    forwards=((1, AWAY, 2, 15), (0, BUSY, 2, 0)),
    exception=("The boss on the mobile", "+447700900102"),
    tests=(
        ("A customer calls the front desk", "+442079461234", 0, 0),
        ("The boss calls the front desk", "+447700900102", 0, 0),
        ("A customer calls on Saturday", "+442079461234", 0, 4),
        ("Somebody without a number calls", "", 1, 0),
        ("Colleagues reach each other", 1, 2, 0),
    ),
    telephones=(
        ("805ec0", "yealink-t54w", 1, "Reception"),
        ("805ec0", "yealink-t46u", 0, "1st floor, by the window"),
        ("000413", "snom-d785", 0, "1st floor, by the lift"),
        ("000b82", "grandstream-grp2615", 0, "Workshop"),
        ("0004f2", "poly-vvx450", 0, "Meeting room"),
        ("0c383e", "fanvil-x4u", 0, "Canteen"),
        ("805ec0", "yealink-t33g", 0, ""),
    ),
    shared=(("1", "Taxi", "1111"), ("2", "Courier", "4444"), ("10", "Landlord, day and night", "8888"),
            ("24", "Ambulance and fire brigade", "999")),
    personal=(("3", "Home", "4567"), ("1", "My own taxi", "2244")),
    template="Front desk",
    watched=(3, 4, 5, 6, 7, 8),
    sounds=(("Welcome", UP), ("Closed today", DOWN), ("All lines are busy", KNOCK)),
)  # fmt: skip
PRACTICE = Habits(
    rules=("Practice", (NO_PREMIUM, *HERE)),
    wide=("Doctors", (
        NO_PREMIUM, (COUNTRY, "MY", True, "Hospitals across the causeway"), (COUNTRY, "AU", True, "Tissue laboratory"),
        *HERE, (CLASS, CallClass.INTERNATIONAL, False, "Ask the front desk"),
    )),
    wide_for=2,
    blocked=(
        Blocking(BlockMatch.NUMBER, "+6567770001", IN, BlockAction.VOICEMAIL, "Sells infusion pumps during surgery"),
        Blocking(BlockMatch.PREFIX, "+65691", IN, BlockAction.REJECT, "Surveys, every Monday morning"),
    ),
    forwards=((2, BUSY, 0, 0), (3, DND, 0, 0), (4, AWAY, 0, 20), (6, AFTER_HOURS, 3, 10)),
    exception=("General Hospital, any time", "+6562223322"),
    tests=(
        ("A patient calls in the morning", "+6591234567", 0, 0),
        ("The hospital calls at any time", "+6562223322", 0, 0),
        ("A patient calls on Sunday", "+6591234567", 0, 5),
        ("The doctor is with a patient", "+6591234567", 2, 0),
        ("The ward asks the pharmacy", 5, 4, 0),
    ),
    telephones=(
        ("0004f2", "poly-vvx450", 0, "Front desk, left"),
        ("805ec0", "yealink-t46u", 0, "Practice manager"),
        ("000413", "snom-d785", 0, "Room 1"),
        ("000413", "snom-d785", 0, "Room 2"),
        ("000b82", "grandstream-grp2615", 0, "Pharmacy counter"),
        ("0c383e", "fanvil-x4u", 0, "Ward, second floor"),
    ),
    shared=(("1", "General Hospital, admissions", "3322"), ("2", "Blood bank", "7700"), ("10", "Interpreter", "4040"),
            ("24", "Ambulance", "995")),
    personal=(("3", "Childcare", "4567"), ("4", "Locum, Dr Rao", "2244")),
    template="Consulting room",
    watched=(0, 1, 4, 5, 6),
    sounds=(("The practice is closed", DOWN), ("Please hold, a nurse is coming", UP), ("Results come by post", KNOCK)),
)  # fmt: skip
DEPOT = Habits(
    rules=("Schuppen", (NO_PREMIUM, *HERE, (COUNTRY, "DK", True, "Fähre Rødby"), (COUNTRY, "PL", True, "Lager Posen"))),
    wide=("Disposition Europa", (
        NO_PREMIUM, (PREFIX, "+7", False, "Keine Touren mehr"), (PREFIX, "+881", False, "Satellitentelefone"),
        (CLASS, CallClass.INTERNATIONAL, True, "Fahrer unterwegs"),
    )),
    wide_for=3,
    blocked=(
        Blocking(BlockMatch.PREFIX, "+49900", BOTH, BlockAction.REJECT, "Teure Rückrufe"),
        Blocking(BlockMatch.NUMBER, "+494055500099", IN, BlockAction.BUSY, "Frachtbörse, zu oft"),
    ),
    forwards=((3, BUSY, 4, 0), (4, BUSY, 0, 0), (2, AWAY, 3, 10)),
    exception=("Hafenpolizei, Tag und Nacht", "+494042866540"),
    tests=(
        ("Ein Fahrer ruft die Zentrale", "+491711234567", 0, 0),
        ("Die Hafenpolizei ruft an", "+494042866540", 0, 0),
        ("Ein Kunde am Sonntag", "+494033334444", 0, 5),
        ("Disposition Nord ist besetzt", "+491711234567", 3, 0),
        ("Rampe fragt Disposition", 2, 3, 0),
    ),
    telephones=(
        ("805ec0", "yealink-t54w", 1, "Pforte"),
        ("805ec0", "yealink-t33g", 0, "Büro, Leitung"),
        ("0c383e", "fanvil-x4u", 0, "Rampe 7"),
        ("000b82", "grandstream-grp2615", 0, "Leitstand, Platz 1"),
        ("000b82", "grandstream-grp2615", 0, "Leitstand, Platz 2"),
    ),
    shared=(("1", "Zollamt Waltershof", "3300"), ("2", "Reifendienst", "1414"), ("10", "Abschleppdienst", "7788"),
            ("24", "Feuerwehr", "112")),
    personal=(("3", "Zu Hause", "4567"), ("5", "Werkstatt", "2244")),
    template="Leitstand",
    watched=(0, 1, 2, 3, 4),
    sounds=(("Außerhalb der Schicht", DOWN), ("Tor gesperrt", KNOCK), ("Willkommen", UP)),
)  # fmt: skip
_OF = {"HarbourClinic": PRACTICE, "NordwindLogistik": DEPOT}


def habits() -> Habits:
    """Those of the company whose tenant is active; an office's where none are written."""
    return _OF.get(str(connection.tenant.name), KENTON)
