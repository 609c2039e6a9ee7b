"""Conference rooms (CONF-01): the bridge, and the two kinds of people in it."""

from extensions.pbx.facts import RoomSecrets, TenantFacts
from extensions.pbx.formats.ini import Options, Section, write_ini
from extensions.pbx.formats.values import digits
from extensions.pbx.render.names import room

_NOTHING = RoomSecrets("", announce=False, wait_for_member=False, members=frozenset())


def render_conferences(facts: TenantFacts) -> str:
    """confbridge.conf of one tenant. Guests are asked for the PIN; members are not, and guests may wait for them."""
    sections: list[Section] = []
    for one in facts.snapshot.conferences.values():
        name, secrets = room(facts.snapshot.tenant, one.id), facts.rooms.get(one.id, _NOTHING)
        bridge = Options().add("type", "bridge").add("max_members", one.most)
        guest = (
            Options()
            .add("type", "user")
            .add("announce_join_leave", secrets.announce)
            .add("music_on_hold_when_empty", True)
        )
        if secrets.pin:
            guest.add("pin", digits(secrets.pin))
        guest.add("wait_marked", secrets.wait_for_member)
        member = Options().add("type", "user").add("announce_join_leave", secrets.announce).add("marked", True)
        member.add("music_on_hold_when_empty", True)
        sections += [bridge.section(name), guest.section(f"{name}-guest"), member.section(f"{name}-member")]
    return write_ini(sections)
