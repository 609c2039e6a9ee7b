"""Every check, with what it is called, why it matters, and how it is mended where one click can do that (LNT-01)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from extensions.models import Severity
from extensions.services.check import calls, destinations, forwards, hours, people, repairs, teams, telephones
from extensions.services.check.problems import Problem, Survey
from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Repair:
    """One click: `mend` gets the problem's subject, `by` and `at`. `label` is the button, `done` what is said after."""

    label: Any
    done: Any
    mend: Callable[[str, User, datetime], None]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked for. `why` says what comes of it and what to do."""

    code: str
    severity: Severity
    label: Any
    why: Any
    find: Callable[[Survey], Iterable[Problem]]
    repair: Repair | None = None


_E, _W, _H = Severity.ERROR, Severity.WARNING, Severity.HINT
CHECKS: dict[str, Check] = {
    check.code: check
    for check in (
        Check("empty_ring_group", _E, _("Ring group that rings nobody"),
              _("Callers hear it ring, and nobody can answer. Add members, or take its number away."),
              teams.empty_ring_groups),
        Check("suspended_member", _W, _("Suspended member of a ring group"),
              _("The others still ring. Take the member out, or reactivate the extension."), teams.suspended_members,
              Repair(_("Take out of the team"), _("Member taken out of the team."), repairs.take_out_of_team)),
        Check("forwarding_loop", _E, _("Forwards that go round in a circle"),
              _("The telephone system breaks such a call off. Choose another destination in one of these forwards."),
              forwards.forwarding_loops),
        Check("dead_end", _E, _("Calls that lead nowhere"),
              _("Callers who are sent there reach nobody. Choose another destination."), destinations.dead_ends),
        Check("call_test_failed", _E, _("Call test that comes out differently"),
              _("Something was changed that this test guards. Mend the configuration, or accept the new result."),
              calls.failing_call_tests),
        Check("empty_schedule", _E, _("Schedule without hours"),
              _("Whoever uses it is always closed. Enter hours, or stop using it."), hours.schedules_without_hours),
        Check("overlapping_hours", _W, _("Hours that overlap"),
              _("The earlier ones count. Join them, so that everybody reads the same."), hours.overlapping_hours),
        Check("past_holiday", _H, _("Holiday that is over"),
              _("Delete it, or enter next year's."), hours.past_holidays,
              Repair(_("Delete the holiday"), _("Holiday deleted."), repairs.delete_holiday)),
        Check("voicemail_without_pin", _W, _("Voicemail without a PIN"),
              _("Its owner cannot listen from elsewhere. A new PIN is mailed as a link that shows it once."),
              people.boxes_without_pin,
              Repair(_("Send a new PIN"), _("PIN made. The link that shows it once is on its way."), repairs.send_pin)),
        Check("voicemail_without_address", _W, _("Voicemail without a PIN and without an address"),
              _("Nobody can be sent a PIN. Enter an e-mail address at the extension, or set a PIN by hand."),
              people.boxes_without_pin_and_address),
        Check("voicemail_full", _E, _("Voicemail box that is full"),
              _("It takes no more messages. Its owner deletes some, or the company gives boxes more room."),
              people.full_boxes),
        Check("no_second_step", _W, _("Administrator without a second step at sign-in"),
              _("Only they can set it up themselves: profile menu, Two-step sign-in. Ask them to."),
              people.administrators_without_second_step),
        Check("no_telephone", _H, _("Extension without a telephone"),
              _("Register its telephone, or leave it as it is where somebody uses an app of their own."),
              people.extensions_without_telephone),
        Check("emergency_place", _W, _("No place for emergency calls"),
              _("Help would not know where to go. Enter the place for the company, a team or the extension."),
              telephones.emergency_places_missing),
        Check("hidden_key", _H, _("Key that watches somebody hidden"),
              _("Remove the key, or ask them whether their calls may be visible."), telephones.keys_of_hidden_people,
              Repair(_("Remove the key"), _("Key removed."), repairs.take_key_off)),
    )
}  # fmt: skip
