"""What the General tab of an extension tells, line by line, as far as the reader may see it (EXT-04)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from extensions.callflow.profiles import profile_of
from extensions.callflow.words import forward_words
from extensions.emergency import NUMBER, PLACE
from extensions.log_of_extension import lately
from extensions.models import Phone, StatusKind, TeamMember
from extensions.overview import Overview
from extensions.phone_models import model_of
from extensions.presence_selectors import moment, status_now
from extensions.services.deletion.catalogue import USES
from extensions.services.phones.mac import for_people as mac_for_people
from extensions.settings.catalogue.forwarding import Origin
from extensions.snapshot.facts import Snapshot
from extensions.tables.phones import phone_page
from extensions.templatetags.states import status_chip
from portal.accounts.models import User
from portal.core.chips import chip_of
from portal.core.phone_numbers import for_people
from portal.core.templatetags.look import chip
from portal.permissions import Perm


@dataclass(frozen=True, slots=True)
class Line:
    """One answer. `note` says why or since when; `url` leads to where it is changed, if the reader may go there."""

    label: Any
    words: str = ""
    note: str = ""
    url: str = ""
    chip: SafeString | str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: when, who, what, and its row of the log."""

    when: Any
    who: str
    what: str
    url: str


class Glance:
    """The lines about one extension for one reader."""

    def __init__(self, overview: Overview, reader: User) -> None:
        self.overview, self.reader, self.extension = overview, reader, overview.extension

    def now(self) -> list[Line]:
        """What holds at this moment."""
        return [*self._call(), *self._status(), *self._hours(), *self._forwarding()]

    def belongings(self) -> list[Line]:
        """What it rings on, and what helpers are told."""
        return [*self._voicemail(), *self._telephones(), *self._keys(), *self._emergency()]

    def dependants(self) -> list[Line]:
        """What elsewhere refers to it, counted."""
        counts = self.extension.used_by
        found: dict[str, int] = {}
        for use in USES:
            if counts.get(use.key) and use.model not in (Phone, TeamMember):
                found[str(use.words)] = found.get(str(use.words), 0) + counts[use.key]
        return [Line(words, str(count)) for words, count in found.items()]

    def changes(self) -> list[Change]:
        """What was done to it and to its parts lately, where the reader may read the log."""
        if not self.reader.may(Perm.AUDIT_READ):
            return []
        return [
            Change(one.entry.timestamp, one.entry.user_name, one.what, reverse("audit:entry", args=[one.entry.pk]))
            for one in lately(self.extension)
        ]

    # --- now ------------------------------------------------------------------------------------------------------
    def _call(self) -> Iterator[Line]:
        if self.reader.may(Perm.CALL_FLOW_READ):
            url = f"{reverse('extensions:call_flow')}?dialled={self.extension.number}"
            yield Line(_("A call from outside now"), self.overview.call.sentence, url=url)

    def _status(self) -> Iterator[Line]:
        if not self.reader.may(Perm.PRESENCE_READ):
            return
        found = status_now(self.extension, at=self.overview.at, available=self.extension.available)
        since = _("Since %(when)s.") % {"when": moment(found.since, self.overview.at)} if found.since else ""
        note = " ".join(part for part in (since, found.why, found.note) if part)
        yield Line(_("Agent status"), note=note, url=self._page("presence_history"), chip=status_chip(found))
        dnd = self.overview.status.kind is StatusKind.DND
        yield Line(_("Do not disturb"), _("On: nothing rings") if dnd else _("Off"))

    def _hours(self) -> Iterator[Line]:
        result, schedule = self.overview.hours, self.overview.schedule
        url = self._page("extension_schedule", Perm.SCHEDULE_UPDATE)
        if result is None or schedule is None:
            yield Line(_("Hours"), _("None: calls ring at any time"), url=url)
            return
        until = ""
        if result.until is not None:
            until = _("Until %(when)s.") % {"when": moment(result.until, self.overview.at)}
        note = f"{schedule.name}: {result.rule}. {until}".strip()
        yield Line(_("Hours"), note=note, url=url, chip=chip(chip_of(result.state)))

    def _forwarding(self) -> Iterator[Line]:
        if not self.reader.may(Perm.CALL_CONTROL_READ):
            return
        kind, snapshot = self.overview.status.kind, self.overview.snapshot
        told = {origin: self._forwards(kind, origin, snapshot) for origin in Origin}
        url = reverse("extensions:extension_calls_section", args=[self.extension.number, kind.value])
        if len(set(told.values())) == 1:
            yield Line(_("Forwarding"), told[Origin.EXTERNAL] or _("None"), url=url)
            return
        for origin, words in told.items():
            yield Line(_("Forwarding: %(origin)s") % {"origin": origin.label}, words or _("None"), url=url)

    def _forwards(self, kind: StatusKind, origin: Origin, snapshot: Snapshot) -> str:
        profile = profile_of(self.overview.settings, kind, origin)
        words = "; ".join(forward_words(one, snapshot) for one in profile.forwards.values())
        return words[:1].upper() + words[1:]

    # --- belongings -----------------------------------------------------------------------------------------------
    def _voicemail(self) -> Iterator[Line]:
        if not self.reader.may(Perm.VOICEMAIL_READ):
            return
        box = getattr(self.extension, "mailbox", None)
        url = self._page("extension_voicemail", Perm.VOICEMAIL_UPDATE)
        if not self.overview.settings["voicemail.enabled"].value:
            yield Line(_("Voicemail box"), _("Switched off"), url=url)
            return
        seconds = self.overview.settings["voicemail.ring_seconds"].value
        pin = _("PIN set.") if box is not None and box.pin else _("No PIN yet.")
        note = f"{_('Mail: %(mode)s.') % {'mode': self.overview.settings['voicemail.mail'].words}} {pin}"
        yield Line(_("Voicemail box"), _("Answers after %(n)d s") % {"n": seconds}, note, url)

    def _telephones(self) -> Iterator[Line]:
        if not self.reader.may(Perm.PHONE_READ):
            return
        phones = self.extension.telephones
        if not phones:
            yield Line(_("Telephones"), _("None yet"), url=self._page("devices"))
        for row in phones:
            words = f"{model_of(row['model'])} {mac_for_people(row['mac'])}"
            yield Line(_("Telephone"), words, row["place"], reverse(phone_page(self.reader), args=[row["id"]]))

    def _keys(self) -> Iterator[Line]:
        if not self.reader.may(Perm.KEY_READ):
            return
        count, panel = self.extension.key_count, getattr(self.extension, "key_panel", None)
        words = ngettext("%(n)d key", "%(n)d keys", count) % {"n": count} if count else _("None yet")
        template = panel.template if panel is not None and panel.template is not None and panel.linked else None
        note = _("Follows the template “%(name)s”.") % {"name": template.name} if template else ""
        yield Line(_("Keys"), words, note, self._page("keys"))

    def _emergency(self) -> Iterator[Line]:
        held, url = self.overview.settings, self._page("extension_emergency", Perm.EXTENSION_UPDATE)
        number = held[NUMBER].value or self.overview.snapshot.ani
        main = "" if held[NUMBER].value else _("The company's main number.")
        yield Line(_("Number shown in emergency calls"), for_people(number) or _("None"), main, url)
        yield Line(_("Place told in emergency calls"), held[PLACE].value or _("None said"), url=url)

    # ---------------------------------------------------------------------------------------------------------------
    def _page(self, name: str, permission: Perm | None = None) -> str:
        if permission is not None and not self.reader.may(permission):
            return ""
        return reverse(f"extensions:{name}", args=[self.extension.number])
