"""Safe deletion of anything in the telephone system: list what depends on it, replace or remove, undo (TEN-13, UXP-07).

How to use it for an object of your topic:
1. Declare it once in `kinds.py` (name, pages, permission), and in `catalogue.py` what refers to it.
2. Page: subclass `extensions.views.deletion.DeletePage`; it needs `permission`, `found()` and `list_url`. Link to it.
3. Service: `delete_object(row, by=…, at=…, replacements={…})`; pass `journal=` to change more in the same deletion.
4. Effects outside the rows (capacity, registries) are hooks of the Kind: `gone` after, `back` before an undo.
5. A contract test fails for every reference in a tenant's schema that is neither a `Use` nor one of `PARTS`.
"""

from extensions.services.deletion.delete import DependantsChanged, DoesNotFit, delete_object, delete_objects
from extensions.services.deletion.dependants import Group, dependants
from extensions.services.deletion.journal import Journal
from extensions.services.deletion.kinds import Kind, kind_of
from extensions.services.deletion.undo import UNDO_MINUTES, CannotReturn, undo_deletion

__all__ = [
    "UNDO_MINUTES",
    "CannotReturn",
    "DependantsChanged",
    "DoesNotFit",
    "Group",
    "Journal",
    "Kind",
    "delete_object",
    "delete_objects",
    "dependants",
    "kind_of",
    "undo_deletion",
]
