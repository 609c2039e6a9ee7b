"""The rules of a row once more, in plain Python and without the database: what the tests compare the SQL with."""

import re
from collections import Counter
from dataclasses import dataclass, field

from extensions.models import DialNumber, OutsideNumber
from extensions.services.numbers import emergency_numbers
from portal.accounts.models import User

Cells = tuple[str, str, str]
_UUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


@dataclass
class Company:
    """What rows are compared with, read once."""

    people: list[tuple[int, str, str, bool, str | None]] = field(default_factory=list)  # id, name, uuid, active, key
    dialled: set[str] = field(default_factory=set)
    numbers: dict[str, bool] = field(default_factory=dict)  # whether it rings somebody
    emergency: frozenset[str] = frozenset()

    @classmethod
    def now(cls) -> "Company":
        """The active tenant."""
        people = User.objects.filter(kind="person").values_list(
            "pk", "display_name", "identity", "is_active", "extension__number"
        )
        return cls(
            [(pk, name.lower(), str(identity), active, key) for pk, name, identity, active, key in people],
            set(DialNumber.objects.values_list("number", flat=True)),
            {e164: extension is not None for e164, extension in OutsideNumber.objects.values_list("e164", "extension")},
            emergency_numbers(),
        )


def expected(rows: list[Cells], company: Company, *, by_uuid: bool) -> list[set[str]]:
    """The codes of everything that is wrong with each row."""
    keys = Counter(key.strip() for key, _person, _number in rows if re.fullmatch("[0-9]{3,5}", key.strip()))
    meant = [_meant(person, company, by_uuid) for _key, person, _number in rows]
    users = Counter(pks[0] for pks, _locked in meant if len(pks) == 1)
    e164s = Counter(_e164(number) for _key, _person, number in rows if _e164(number))
    return [
        _of_key(key.strip(), keys, company)
        | _of_person(person.strip(), meant[place], users, company, by_uuid)
        | _of_number(number.strip(), e164s, company)
        for place, (key, person, number) in enumerate(rows)
    ]


def _of_key(key: str, keys: Counter, company: Company) -> set[str]:
    if not key:
        return {"key_blank"}
    if re.fullmatch("[0-9]+[eE][0-9]+", key):
        return {"scientific"}
    if not (key.isascii() and key.isdigit()):
        return {"key_digits"}
    if not 3 <= len(key) <= 5:
        return {"key_length"}
    found = {"key_twice"} if keys[key] > 1 else set()
    found |= {"key_taken"} if key in company.dialled else set()
    return found | ({"key_emergency"} if key in company.emergency else set())


def _of_person(person: str, meant: tuple[list[int], bool], users: Counter, company: Company, by_uuid: bool) -> set[str]:
    pks, locked = meant
    if not person:
        return {"uuid_blank" if by_uuid else "name_blank"}
    if by_uuid and not _UUID.fullmatch(person):
        return {"uuid_shape"}
    if not pks:
        return {"user_locked"} if locked else {"uuid_none" if by_uuid else "name_none"}
    if len(pks) > 1:
        return {"name_many"}
    found = {"user_twice"} if users[pks[0]] > 1 else set()
    key = next(key for pk, _name, _uuid, _active, key in company.people if pk == pks[0])
    return found | ({"user_assigned"} if key else set())


def _of_number(number: str, e164s: Counter, company: Company) -> set[str]:
    if not number:
        return set()
    e164 = _e164(number)
    if not e164:
        return {"scientific"} if re.fullmatch(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+", number) else {"number_shape"}
    found = {"number_twice"} if e164s[e164] > 1 else set()
    if e164 not in company.numbers:
        return found | {"number_none"}
    return found | ({"number_taken"} if company.numbers[e164] else set())


def _meant(person: str, company: Company, by_uuid: bool) -> tuple[list[int], bool]:
    words = " ".join(person.split()).lower()
    same = [one for one in company.people if (one[2] if by_uuid else one[1]) == words]
    return [pk for pk, _name, _uuid, active, _key in same if active], any(not one[3] for one in same)


def _e164(number: str) -> str:
    bare = re.sub(r"[ .()\-]", "", number)
    return f"+{bare.removeprefix('+')}" if re.fullmatch(r"\+?[0-9]{6,15}", bare) else ""
