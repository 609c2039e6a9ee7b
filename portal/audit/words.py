"""What was done, in the words of AUD-04 and AUD-05. Kept in English in the log; pages translate them."""

from django.utils.translation import gettext_noop

# By the library's number of the action: create, update, delete, access.
VERBS = ("post", "put", "delete", "get")
MESSAGES = (gettext_noop("New"), gettext_noop("Update"), gettext_noop("Delete"), "")


def action_of(verb: str) -> int:
    """The library's number of the action that `verb` describes."""
    return VERBS.index(verb)
