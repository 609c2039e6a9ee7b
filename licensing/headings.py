"""The first lines of the downloads, as source 002 gives them: in every language the same (EXP-02, EXP-04)."""

PROVISIONED = ["Ext Key", "Number", "User", "Addon License details"]
NUMBERS = ["Number", "Type", "Country", "State", "Assigned to"]
