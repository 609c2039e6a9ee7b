"""Who may open what: the rule of every view, our own and those of libraries."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.core.pages import OpenPage, Page

OPEN = "open"
SIGNED_IN = "signed in"


@dataclass(frozen=True, slots=True)
class Rule:
    """`needs` is a permission, `open` or `signed in`; `because` explains an open door."""

    needs: str
    because: str = ""


# Views of libraries. Everything not named here and not one of our pages answers 404.
LIBRARY_VIEWS: dict[str, Rule] = {
    "account_login": Rule(OPEN, "people sign in here"),
    "account_logout": Rule(OPEN, "signing out twice does no harm"),
    "account_reset_password": Rule(OPEN, "who forgot a password cannot sign in"),
    "account_reset_password_done": Rule(OPEN, "says that a mail is on its way, whether or not it is"),
    "account_reset_password_from_key": Rule(OPEN, "the link in the mail is the proof"),
    "account_reset_password_from_key_done": Rule(OPEN, "says that the password was set"),
    "account_reauthenticate": Rule(SIGNED_IN),
    "account_change_password": Rule(SIGNED_IN),
    "account_set_password": Rule(SIGNED_IN),
    "account_inactive": Rule(OPEN, "says that this sign-in is locked"),
    "mfa_authenticate": Rule(OPEN, "second step of signing in"),
    "mfa_reauthenticate": Rule(SIGNED_IN),
    "mfa_index": Rule(SIGNED_IN),
    "mfa_activate_totp": Rule(SIGNED_IN),
    "mfa_deactivate_totp": Rule(SIGNED_IN),
    "mfa_view_recovery_codes": Rule(SIGNED_IN),
    "mfa_generate_recovery_codes": Rule(SIGNED_IN),
    "mfa_download_recovery_codes": Rule(SIGNED_IN),
    "usersessions_list": Rule(SIGNED_IN),
}


def rule_of(name: str, view: Callable[..., Any]) -> Rule | None:
    """The rule of the view behind the URL called `name`, or None where nobody wrote one."""
    page = getattr(view, "view_class", None)
    if isinstance(page, type) and issubclass(page, Page):
        return Rule(page.permission.value)
    if isinstance(page, type) and issubclass(page, OpenPage):
        return Rule(OPEN, page.open_because)
    return LIBRARY_VIEWS.get(name)
