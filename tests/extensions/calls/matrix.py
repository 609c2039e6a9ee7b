"""The matrix of a profile as a browser sends it."""

ALWAYS = "forward.away.external.always"


def typed(**fields: str) -> dict[str, str]:
    """The matrix of Away as a browser sends it when nothing is switched on, with changes."""
    facts = {}
    for origin in ("internal", "external"):
        for condition in ("always", "busy", "no_answer", "unregistered"):
            facts |= {f"forward.away.{origin}.{condition}.to_0": "", f"forward.away.{origin}.{condition}.to_1": ""}
        facts[f"forward.away.{origin}.no_answer.seconds"] = "25"
    return facts | fields
