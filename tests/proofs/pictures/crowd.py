"""15,000 people with extensions, in 300 teams, with roles, boxes, telephones and panels of keys."""

from datetime import timedelta

from django.utils import timezone

from extensions.models import (
    AgentStatus,
    Extension,
    Key,
    KeyPanel,
    Mailbox,
    Phone,
    Presence,
    Team,
    TeamMember,
)
from extensions.phone_models import MODELS, model_of
from portal.accounts.models import Role, SavedView, User
from portal.permissions import BuiltinRole

PEOPLE, TEAMS, LARGE_TEAM, PHONES, BOXES, ROLES, TEMPLATES = 15_000, 300, 200, 2_000, 200, 30, 40
FIRST_NUMBER, FIRST_TEAM, FIRST_BOX = 10_000, 30_000, 40_000
FIRST = ("Anna", "Benjamin-Alexander", "สมชาย", "محمد", "Élodie", "Zoë", "李", "Παρασκευή", "Ольга", "Bjørn", "Ayşe")
LAST = (
    "Schmidt", "Wolfeschlegelsteinhausenbergerdorff", "ศรีสุวรรณวงศ์พานิชกุล", "عبد الرحمن بن خالد",
    "Łukaszewicz-Brzęczyszczykiewicz", "O’Brien", "王", "Παπαδοπούλου",
    "Шереметьева-Ростопчина", "Ng", "Yıldırım", "de la Fuente y Martínez de Irujo",
)  # fmt: skip
LARGE_NAME = "Everybody who answers customers on the telephone, in Berlin"
BATCH = 2000


def name_of(n: int) -> tuple[str, str]:
    """First and last name of the n-th person."""
    return FIRST[n % len(FIRST)], LAST[n % len(LAST)]


def fill(owner: User) -> None:
    """Everybody and what is theirs. The first extension has most of everything."""
    now = timezone.now()
    people = _users()
    extensions = Extension.objects.bulk_create(
        [
            Extension(
                number=str(FIRST_NUMBER + n), first_name=name_of(n)[0], last_name=name_of(n)[1],
                directory_name=" ".join(name_of(n)), email=people[n].email if n % 9 else "", mobile="+4915112345678",
                user=people[n] if n % 9 else None, sip_username=f"sip{n}", sip_password="x" * 20, created_at=now,
                state="suspended" if n % 40 == 39 else "active" if n % 9 else "unassigned",
            )
            for n in range(PEOPLE)
        ],
        BATCH,
    )  # fmt: skip
    _teams(extensions)
    _roles(people)
    _telephones(extensions)
    _boxes(extensions)
    statuses = list(AgentStatus.objects.order_by("position"))
    Presence.objects.bulk_create(
        [
            Presence(extension=row, status=statuses[n % len(statuses)], source="user", since=now - timedelta(hours=n))
            for n, row in enumerate(extensions[:3000])
        ],
        BATCH,
    )
    SavedView.objects.bulk_create(
        SavedView(user=owner, page=page, name=f"Nobody’s telephones, building {n}", query="state=active")
        for page in ("extensions:list", "extensions:teams", "extensions:phones")
        for n in range(12)
    )


def _users() -> list[User]:
    made = [
        User(
            username=f"user{n}@fullhouse.example", email=f"user{n}@fullhouse.example",
            display_name=" ".join(name_of(n)), personnel_id=f"P{n:06}", is_active=n % 50 != 49,
        )
        for n in range(PEOPLE)
    ]  # fmt: skip
    return User.objects.bulk_create(made, BATCH)


def _teams(extensions: list[Extension]) -> None:
    teams = Team.objects.bulk_create(
        Team(
            name=f"Team {n} {LAST[n % len(LAST)]}"[:60] if n else LARGE_NAME,
            number=str(FIRST_TEAM + n) if n % 3 else "",
            description="Answers what customers ask about orders. " * (n % 4),
        )
        for n in range(TEAMS)
    )  # fmt: skip
    members = [TeamMember(team=teams[0], extension=row, position=n) for n, row in enumerate(extensions[:LARGE_TEAM])]
    members += [
        TeamMember(team=teams[1 + n % (TEAMS - 1)], extension=row, position=n // (TEAMS - 1))
        for n, row in enumerate(extensions)
    ]
    members += [TeamMember(team=team, extension=extensions[0], position=900) for team in teams[2:40]]
    TeamMember.objects.bulk_create(members, BATCH)
    Extension.objects.filter(pk__in=[row.pk for row in extensions[:5000]]).update(home_team=teams[0])


def _roles(people: list[User]) -> None:
    agent, manager = (Role.objects.get(code=code) for code in (BuiltinRole.END_USER, BuiltinRole.MANAGER))
    own = Role.objects.bulk_create(
        Role(code=f"own-{n}", name=f"Reception and switchboard of building {n} in {LAST[n % len(LAST)]}"[:80],
             permissions=agent.permissions if n % 2 else manager.permissions)
        for n in range(ROLES)
    )  # fmt: skip
    through = User.roles.through
    held = [through(user=user, role=manager if n % 500 == 3 else agent) for n, user in enumerate(people)]
    held += [through(user=people[1], role=role) for role in own]
    through.objects.bulk_create(held, BATCH)


def _telephones(extensions: list[Extension]) -> None:
    models = sorted(MODELS)
    large = max(models, key=lambda code: model_of(code).keys(model_of(code).most_modules))
    Phone.objects.bulk_create(
        [
            Phone(mac=f"805e0c{n:06x}", model=large if n < 5 else models[n % len(models)],
                  modules=model_of(large).most_modules if n < 5 else 0, extension=extensions[n] if n % 7 else None,
                  place=f"Building {n % 40}, floor {n % 9}, desk at the window on the left", created_at=timezone.now())
            for n in range(PHONES)
        ],
        BATCH,
    )  # fmt: skip
    Phone.objects.filter(mac="805e0c000000").update(extension=extensions[0])
    panels = KeyPanel.objects.bulk_create(
        [KeyPanel(name=f"Keys of the reception in building {n}", model=large, modules=model_of(large).most_modules)
         for n in range(TEMPLATES)]
    )  # fmt: skip
    own = KeyPanel.objects.bulk_create(
        [KeyPanel(extension=row, template=panels[n % TEMPLATES] if n % 2 else None, linked=bool(n % 2))
         for n, row in enumerate(extensions[:PHONES])], BATCH,
    )  # fmt: skip
    full = model_of(large).keys(model_of(large).most_modules)
    Key.objects.bulk_create(
        [
            Key(panel=panel, position=at, kind="presence", extension=extensions[1 + at])
            for panel in [*panels, own[0], own[2]]
            for at in range(full)
        ],
        BATCH,
    )


def _boxes(extensions: list[Extension]) -> None:
    shared = [
        Mailbox(number=str(FIRST_BOX + n), name=f"Messages for building {n} {LAST[n % len(LAST)]}"[:60],
                email="box@fullhouse.example")
        for n in range(BOXES)
    ]  # fmt: skip
    Mailbox.objects.bulk_create(
        [*shared, *(Mailbox(extension=row, pin="271828", messages=3, used_seconds=200) for row in extensions)], BATCH
    )
