"""How a tenant administrator's name becomes the final personnel ID and the logon (REG-09)."""

PREFIX = "prp"


def personnel_id(user_name: str) -> str:
    """`keAdmin` → `prpkeAdmin`."""
    return f"{PREFIX}{user_name}"


def logon(user_name: str, upn_suffix: str) -> str:
    """`keAdmin`, `kenton-electronics.com` → `prpkeAdmin@kenton-electronics.com`."""
    return f"{personnel_id(user_name)}@{upn_suffix}"
