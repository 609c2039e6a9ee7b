"""Two companies on one PBX, configured through the portal's services alone, with their telephones and the carriers."""

import shutil
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils import timezone

from extensions.models import Extension, Team
from extensions.pbx.applying import apply_waiting, want_tenant
from extensions.pbx.asterisk.managed import AsteriskManaged
from extensions.pbx.driver import PbxFault
from extensions.pbx.drivers import driver_of, facts_of
from extensions.pbx.flagging import bring_flags
from extensions.services.conference.rooms import create_room
from extensions.services.create import create_extension
from extensions.services.parking.lot import set_up_parking
from extensions.services.parking.ranges import SlotRange
from extensions.services.secrets import regenerate_sip_password
from extensions.services.settings import change_settings
from extensions.services.teams.edit import create_team
from extensions.services.teams.members import set_members
from extensions.settings.subjects import COMPANY, Subject
from portal.accounts.models import User
from portal.run.asterisk.installed import SipTools
from tenants.door import inside
from tenants.models import AppliedState, AppliedVersion, Pbx, Tenant, Trunk
from tests.pbx.conftest import RunningAsterisk
from tests.pbx.sip.carriers import Carrier, Incoming, Nobody
from tests.pbx.sip.ears import Ears
from tests.pbx.sip.telephones import SignIn, Telephone
from tests.pbx.sip.watchers import Watcher

LOT, SLOTS, TEAM, ROOM = "700", ("701", "702", "703"), "610", "800"
ANI = {"t2": "+6561234567", "t3": "+6567654321"}
# 105 has no telephone of its own, 106 never has one, and 107 on have one that speaks where a test needs it.
STAFF = {"t2": ("102", "103", "104", "105", "106", "107", "108"), "t3": ("102", "107")}
TONES = {("t2", "107"): 400, ("t2", "108"): 630, ("t3", "107"): 1000}


@dataclass
class Company:
    """One tenant, its owner, and what its pages' services do."""

    tenant: Tenant
    owner: User
    phones: dict[str, Telephone] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return str(self.tenant.schema_name)

    @property
    def domain(self) -> str:
        return str(self.tenant.get_primary_domain().domain)

    def phone(self, number: str) -> Telephone:
        return self.phones[number]

    def extension(self, number: str) -> Extension:
        """An extension with its box, person and team at hand."""
        with inside(self.tenant):
            return Extension.objects.select_related("mailbox", "user", "home_team").get(number=number)

    def team(self) -> Team:
        with inside(self.tenant):
            return Team.objects.get(number=TEAM)

    def sign_in(self, number: str) -> SignIn:
        """What somebody types into a telephone."""
        one = self.extension(number)
        return SignIn(number, self.domain, one.sip_username, one.sip_password or "")

    @contextmanager
    def pages(self) -> Iterator[User]:
        """What is done inside is done on this tenant's pages by its owner."""
        with inside(self.tenant):
            yield self.owner

    def say(self, number: str | None = None, **values: Any) -> None:
        """Change settings of an extension or of the company; `__` stands for a dot."""
        subject = Subject(extension=self.extension(number)) if number else COMPANY
        with inside(self.tenant):
            found = {key.replace("__", "."): value for key, value in values.items()}
            change_settings(subject=subject, values=found, by=self.owner)

    def settle_in(self) -> None:
        """Everything that the tests take for granted, made once."""
        with self.pages() as by:
            for number in STAFF[self.slug]:
                create_extension(
                    number=number, first_name="Mei", last_name=f"Tan {number}", email=f"{number}@{self.slug}.example",
                    mobile="", by=by, at=timezone.now(),
                )  # fmt: skip
            regenerate_sip_password(extension=Extension.objects.get(number="101"), by=by)
            set_up_parking(wanted=SlotRange(LOT, SLOTS[0], len(SLOTS)), by=by)
            team = create_team(name="Sales", number=TEAM, by=by)
            ids = dict(Extension.objects.values_list("number", "pk"))
            set_members(team=team, members=[ids[one] for one in STAFF[self.slug][:2] if one != "107"], by=by)
            create_room(number=ROOM, name="Room", most=10, announce=False, wait_for_member=False, with_pin=False, by=by)


class Stage:
    """Companies, PBX, carriers and ears together."""

    def __init__(
        self, alpha: Company, beta: Company, *, pbx: Pbx, trunks: Iterable[Trunk], tools: SipTools,
        asterisk: RunningAsterisk,
    ) -> None:  # fmt: skip
        self.alpha, self.beta, self.pbx = alpha, beta, pbx
        self.trunks, self.tools = tuple(trunks), tools
        self.nobody = {one.pk: Nobody(one.host, one.port) for one in self.trunks}
        driver = driver_of(facts_of(pbx))
        assert isinstance(driver, AsteriskManaged)
        driver.know({one.domain: one.slug for one in self.companies})
        self.driver = driver
        self.ears = Ears(driver)
        self.dirty = True
        self.asterisk = asterisk

    @property
    def companies(self) -> tuple[Company, Company]:
        return self.alpha, self.beta

    def watcher(self, company: Company, number: str) -> Watcher:
        """A key panel signed in as an extension. Use as a context."""
        return Watcher(self.pbx.sip_port, company.sign_in(number))

    @contextmanager
    def carrier(self, place: int = 0, status: str = "") -> Iterator[Carrier]:
        """The carrier of a trunk, taking calls or refusing them; the PBX knows that it is there."""
        with self._at_trunk(self.trunks[place], status) as carrier:
            self.look_at_trunk(place, "Reachable")
            yield carrier

    def unseen_carrier(self) -> AbstractContextManager[Carrier]:
        """The first trunk's carrier, of which the PBX does not know that it is there."""
        return self._at_trunk(self.trunks[0])

    @contextmanager
    def _at_trunk(self, trunk: Trunk, status: str = "") -> Iterator[Carrier]:
        self.nobody[trunk.pk].leave()
        try:
            with Carrier(self.tools, trunk.host, trunk.port, status) as carrier:
                yield carrier
        finally:
            self.nobody[trunk.pk] = Nobody(trunk.host, trunk.port)

    def look_at_trunk(self, place: int, state: str) -> None:
        """Let the PBX ask whether a trunk is there, as it does now and then, and wait for what it finds."""
        name = f"trunk-{self.trunks[place].pk}"
        self.ears.action("PJSIPQualify", Endpoint=name)

        def seen() -> bool:
            details = self.ears.listing("PJSIPShowEndpoint", Endpoint=name)
            return any(one.get("Status") == state for one in details if one.get("Event") == "ContactStatusDetail")

        self.ears.until(seen, f"{name} {state}")

    def incoming(self, dialled: str, caller: str = "+6591234567", **more: str) -> Incoming:
        """A call from outside, by the first carrier. Use as a context."""
        return Incoming(self.tools, self.pbx.sip_port, dialled, caller, **more)

    @contextmanager
    def voice(self, company: Company, number: str) -> Iterator[Telephone]:
        """A telephone that speaks and records what it hears."""
        folder = Path(tempfile.mkdtemp(prefix="trunkline-voice-")) / number
        sign_in = company.sign_in(number)
        with Telephone(self.tools, folder, self.pbx.sip_port, sign_in, TONES[company.slug, number]) as phone:
            self.ears.until(lambda: self.are_registered([phone]), f"{number} registered")
            yield phone
        shutil.rmtree(folder.parent)

    def are_registered(self, phones: Iterable[Telephone]) -> bool:
        """Whether the PBX knows where each of these is."""
        ports = {one.get("Uri").rpartition(":")[2].partition(";")[0] for one in self.ears.listing("PJSIPShowContacts")}
        return {str(phone.port) for phone in phones} <= ports

    def talk(self, caller: Telephone, called: Telephone) -> None:
        """A call between two, answered."""
        caller.dial(called.number)
        called.answer()
        caller.talks()
        # A telephone is told before the two are connected; no hand is quick enough to transfer in between.
        self.ears.until(lambda: self.are_connected(caller, called), f"{caller.number} and {called.number} connected")

    def are_connected(self, *phones: Telephone) -> bool:
        """Whether all of these are in one bridge."""
        bridges: dict[str, set[str]] = {}
        for one in self.ears.listing("CoreShowChannels"):
            who = one.get("Channel").removeprefix("PJSIP/").rpartition("-")[0]
            bridges.setdefault(one.get("BridgeId"), set()).add(who)
        wanted = {self._name_of(phone) for phone in phones}
        return any(wanted <= found for bridge, found in bridges.items() if bridge)

    @property
    def phones(self) -> list[Telephone]:
        return [phone for one in self.companies for phone in one.phones.values()]

    def bring(self) -> None:
        """What the pages say is in force from now on, with everybody's status; as the portal's tasks do it."""
        self.dirty = True
        for one in self.companies:
            want_tenant(tenant=one.tenant, at=timezone.now())
        # A test before this one was taken back in the database, not on the PBX.
        AppliedVersion.objects.filter(pbx=self.pbx).update(state=AppliedState.WAITING)
        apply_waiting(pbx=self.pbx)
        rows = list(AppliedVersion.objects.filter(pbx=self.pbx))
        assert {row.state for row in rows} == {AppliedState.APPLIED}, [row.error for row in rows]
        self.bring_flags()

    def bring_flags(self) -> None:
        """Everybody's status, as the portal knows it."""
        for one in self.companies:
            bring_flags(tenant=one.tenant, at=timezone.now())

    def clear(self) -> None:
        """As it was built: nobody calls, everybody is available, nothing is kept of what tests changed or heard."""
        try:
            self.clear_calls()
        except AssertionError as fault:  # one call that does not end must not fail every test after it
            warnings.warn(f"{fault}: Asterisk is started anew", stacklevel=1)
            self._begin_anew()
        switched = self._forget_switched()
        if self.dirty:
            self.bring()
            self.dirty = False
        elif switched:
            self.bring_flags()
        self.ears.forget()
        for phone in self.phones:
            phone.forget_events()

    def _begin_anew(self) -> None:
        """The last resort. Telephones stay where they are: their registrations outlive the PBX."""
        self.asterisk.start()
        self.ears.listen_again()
        for phone in self.phones:
            if phone.calls:
                phone.hang_up()
        self.ears.until(lambda: self.are_registered(self.phones), "all registered again", 20)
        # By itself a PBX that was started anew asks within a minute; until then teams take nobody to be there.
        for phone in self.phones:
            self.ears.action("PJSIPQualify", Endpoint=self._name_of(phone))
        self.ears.until(self._are_reachable, "all reachable again", 20)
        self.dirty = True
        self.clear_calls()

    def _are_reachable(self) -> bool:
        """Whether the PBX takes all telephones to be there."""
        told = {one.get("ObjectName"): one.get("DeviceState") for one in self.ears.listing("PJSIPShowEndpoints")}
        return all(told.get(self._name_of(phone)) == "Not in use" for phone in self.phones)

    @staticmethod
    def _name_of(phone: Telephone) -> str:
        return f"{phone.sign_in.number}@{phone.sign_in.domain}"

    def clear_calls(self) -> None:
        """Nobody calls, and what was heard so far is forgotten.

        The PBX ends the calls: a baresip that hangs up while it is hung up on may not survive it.
        """
        self.ears.until(self._silent, "silent")
        self.ears.forget()
        for phone in self.phones:
            phone.forget_events()

    def _silent(self) -> bool:
        channels = self.ears.listing("CoreShowChannels")
        if channels:
            with suppress(PbxFault):  # they ended meanwhile
                self.ears.action("Hangup", Channel="/^.*$/")
            return False
        talking = [phone for phone in self.phones if phone.calls]
        if talking and self._still(talking):
            for phone in talking:
                phone.hang_up()
        return not talking

    def _still(self, talking: list[Telephone]) -> bool:
        """Whether they do not hear by themselves that the PBX has ended their calls."""
        try:
            self.ears.until(lambda: not any(phone.calls for phone in talking), "hung up on", 1.0)
        except AssertionError:
            return True
        return False

    def _forget_switched(self) -> bool:
        """What telephones switched is kept on the PBX; whether there was something."""
        try:
            self.ears.action("DBDelTree", Family="tl")
        except PbxFault:
            return False
        return True
