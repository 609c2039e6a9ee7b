"""How long messages are kept (VM-06)."""

KEPT_DELETED_DAYS = 7  # what was deleted on a page can be got back for so long
