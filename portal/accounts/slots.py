"""Places on this app's pages that upper apps fill: cards on a person's page, and what comes after giving roles."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A card on a person's page: `template` is included with `facts` as `card`."""

    template: str
    facts: dict[str, Any] = field(default_factory=dict)


# Called with (person, viewer); None where there is nothing to show.
CardMaker = Callable[[User, User], PersonCard | None]
_cards: list[CardMaker] = []
_follow_ups: list[Callable[[User], str]] = []


def add_person_card(make: CardMaker) -> None:
    """Show a card on every person's page; called once, when an app is ready."""
    _cards.append(make)


def add_role_follow_up(find: Callable[[User], str]) -> None:
    """Lead on to another page after somebody's roles were saved; an empty address means not needed."""
    _follow_ups.append(find)


def person_cards(person: User, viewer: User) -> list[PersonCard]:
    """The cards that upper apps show on the page of `person`."""
    return [card for make in _cards if (card := make(person, viewer)) is not None]


def after_roles(person: User) -> str:
    """Where to go after the roles of `person` were saved; empty: to the person's page."""
    return next((url for find in _follow_ups if (url := find(person))), "")
