"""Which sounds a tenant's folder holds: Asterisk does not read it; it makes another sound another version."""

from extensions.pbx.facts import TenantFacts
from extensions.pbx.render.names import announcement

FILE = "sounds.conf"


def render_sounds(facts: TenantFacts) -> str:
    """One line for each announcement and each greeting: its name and what tells it from others."""
    known = facts.sounds
    lines = [f"{announcement(id)} {known[id].sha256}" for id in sorted(facts.snapshot.announcements) if id in known]
    greeted = ((id, one.greeting) for id, one in sorted(facts.boxes.items()))
    lines += [f"greeting-{id} {known[sound].sha256}" for id, sound in greeted if sound is not None and sound in known]
    return "".join(f"{line}\n" for line in lines)
