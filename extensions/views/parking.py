"""Shared parking: the board, setting it up, changing it (PRK-01 to PRK-03)."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as text
from django.utils.translation import gettext_lazy as _

from extensions.forms.parking import LabelsForm, ParkingForm, SlotKeysForm, SlotSpeedDialForm
from extensions.models import ParkingLot, ParkingReturn, ParkingSlot
from extensions.scopes import extensions_within
from extensions.services.destinations import Target
from extensions.services.parking.lot import edit_parking, label_slots, set_up_parking
from extensions.services.parking.place import put_slot_on_keys, put_slot_on_speed_dial
from extensions.services.parking.ranges import BadRange, SlotRange, proposed_range
from extensions.services.parking.selectors import board, slots_in_order, the_lot
from extensions.settings.words import seconds
from extensions.views.deletion import DeletePage
from extensions.views.live.base import LivePage
from portal.core.pages import ActionPage, FormPage, Page, VersionedFormPage
from portal.permissions import Perm


def parking_url() -> str:
    return reverse("extensions:parking")


class ParkingPage(LivePage):
    permission = Perm.PARKING_READ
    template = "parking/board.html"
    partial = "parking/_live.html"

    def context(self) -> dict[str, Any]:
        found = board()
        if found is None:
            return {"board": None, "proposal": proposed_range()}
        lot = found.lot
        returns = ParkingReturn(lot.returns_to).label if lot.destination is None else str(Target.of(lot.destination))
        facts = [
            {"label": _("Number that parks"), "value": lot.number, "mono": True},
            {"label": _("Slots"), "value": f"{found.slots[0].number}–{found.slots[-1].number}", "mono": True},
            {"label": _("A call waits"), "value": seconds(lot.timeout)},
            {"label": _("Then it returns to"), "value": returns},
        ]
        return {"board": found, "facts": facts}


class ParkingSetUp(ActionPage):
    """One click: the range that is proposed at this moment."""

    permission = Perm.PARKING_UPDATE
    done_message = _("Shared parking set up.")

    def refused_to(self) -> str:
        return parking_url()

    def perform(self) -> str:
        proposal = proposed_range()
        if proposal is None:
            raise BadRange(text("No hundred of numbers is free for parking. Free one first."))
        set_up_parking(wanted=proposal, by=self.request.user)
        return parking_url()


class OneLot(Page, abstract=True):
    """A page that changes the lot; 404 where there is none."""

    permission = Perm.PARKING_UPDATE

    def current(self) -> ParkingLot:
        if not hasattr(self, "_lot"):
            found = the_lot()
            if found is None:
                raise Http404
            self._lot = found
        return self._lot


class ParkingEdit(OneLot, VersionedFormPage):
    permission = Perm.PARKING_UPDATE
    template = "parking/edit.html"
    form_class = ParkingForm
    done_message = _("Parking saved.")

    def initial(self) -> dict[str, Any]:
        lot = self.current()
        slots = slots_in_order(lot)
        return {
            "number": lot.number,
            "first": slots[0].number,
            "count": len(slots),
            "timeout": lot.timeout,
            "returns_to": lot.returns_to,
            "destination": Target.of(lot.destination) if lot.destination else None,
        }

    def perform(self, form: ParkingForm) -> str:
        given = dict(form.cleaned_data)
        wanted = SlotRange(*(given.pop(name) for name in ("number", "first", "count")))
        edit_parking(wanted=wanted, by=self.request.user, at=timezone.now(), **given)
        return parking_url()


class ParkingLabels(OneLot, VersionedFormPage):
    permission = Perm.PARKING_UPDATE
    template = "parking/labels.html"
    form_class = LabelsForm
    done_message = _("Labels saved.")

    def slots(self) -> list[ParkingSlot]:
        if not hasattr(self, "_slots"):
            self._slots = slots_in_order(self.current())
        return self._slots

    def initial(self) -> dict[str, Any]:
        return {slot.number: slot.label for slot in self.slots()}

    def form_arguments(self) -> dict[str, Any]:
        return {"slots": self.slots()}

    def perform(self, form: LabelsForm) -> str:
        labels = dict(form.cleaned_data)
        label_slots(version=labels.pop("version"), labels=labels, by=self.request.user)
        return parking_url()


class ParkingDelete(OneLot, DeletePage):
    permission = Perm.PARKING_UPDATE

    def found(self) -> ParkingLot:
        return self.current()


class OneSlot(Page, abstract=True):
    """A page about the slot in the address."""

    def slot(self) -> ParkingSlot:
        if not hasattr(self, "_slot"):
            self._slot = get_object_or_404(ParkingSlot, number=self.kwargs["number"])
        return self._slot

    def context(self) -> dict[str, Any]:
        return {"slot": self.slot()}


class SlotKeys(OneSlot, FormPage):
    permission = Perm.KEY_UPDATE
    template = "parking/place.html"
    form_class = SlotKeysForm
    title = _("Place slot %(number)s on keys")
    lead = _("Each of these extensions gets a key behind its last one, with a lamp that shows whether a call waits.")
    done_message = _("Slot placed on keys.")

    def form_arguments(self) -> dict[str, Any]:
        return {"choices": extensions_within(self.request.user, Perm.KEY_UPDATE)}

    def perform(self, form: SlotKeysForm) -> str:
        put_slot_on_keys(slot=self.slot(), by=self.request.user, **form.cleaned_data)
        return parking_url()


class SlotSpeedDial(OneSlot, FormPage):
    permission = Perm.SPEED_DIAL_UPDATE
    template = "parking/place.html"
    form_class = SlotSpeedDialForm
    title = _("Speed dial for slot %(number)s")
    lead = _("Whoever dials the code takes the call that waits in the slot.")
    done_message = _("Speed dial created.")

    def initial(self) -> dict[str, Any]:
        return {"label": self.slot().label or text("Parking %(number)s") % {"number": self.slot().number}}

    def perform(self, form: SlotSpeedDialForm) -> str:
        put_slot_on_speed_dial(slot=self.slot(), by=self.request.user, **form.cleaned_data)
        return parking_url()
