"""Conference rooms: list, create, look at, edit, PIN, members (CONF-01)."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from extensions.filters.conference import RoomFilter
from extensions.forms.conference import CreateRoomForm, EditRoomForm, MembersForm, RoomPinForm
from extensions.models import ConferenceRoom
from extensions.services.conference.rooms import (
    change_members,
    create_room,
    edit_room,
    renew_room_pin,
    set_room_pin,
)
from extensions.services.conference.selectors import candidates, members_of, rooms
from extensions.settings.words import yes_no
from extensions.tables.conference import RoomTable
from extensions.views.deletion import DeletePage
from portal.core.pages import ActionPage, FormPage, ListPage, Page, VersionedFormPage
from portal.permissions import Perm

_SHOW_ONCE = "conference_pin_for"


class RoomList(ListPage):
    permission = Perm.CONFERENCE_READ
    template = "conference/list.html"
    table = RoomTable
    filter = RoomFilter
    export_name = "conference-rooms"

    def rows(self) -> QuerySet[ConferenceRoom]:
        return rooms()


class RoomCreate(FormPage):
    permission = Perm.CONFERENCE_CREATE
    template = "conference/create.html"
    form_class = CreateRoomForm
    done_message = _("Conference room created.")

    def initial(self) -> dict[str, Any]:
        return {"most": 20, "announce": True, "with_pin": True}

    def perform(self, form: CreateRoomForm) -> str:
        room = create_room(by=self.request.user, wait_for_member=False, **form.cleaned_data)
        if room.pin:
            self.request.session[_SHOW_ONCE] = room.pk
        return reverse("extensions:conference_room", args=[room.pk])


class OneRoom(Page, abstract=True):
    """A page about the room in the address."""

    def current(self) -> ConferenceRoom:
        if not hasattr(self, "_room"):
            self._room = get_object_or_404(ConferenceRoom, pk=self.kwargs["pk"])
        return self._room

    def context(self) -> dict[str, Any]:
        return {"room": self.current()}

    def page_url(self) -> str:
        return reverse("extensions:conference_room", args=[self.kwargs["pk"]])


class RoomDetail(OneRoom):
    permission = Perm.CONFERENCE_READ
    template = "conference/detail.html"

    def context(self) -> dict[str, Any]:
        room = self.current()
        facts = [
            {"label": _("Number"), "value": room.number, "mono": True},
            {"label": _("Most people"), "value": room.most},
            {"label": _("Announce who comes and goes"), "value": yes_no(room.announce)},
            {"label": _("Guests wait until a member is there"), "value": yes_no(room.wait_for_member)},
        ]
        return {"room": room, "facts": facts, "members": members_of(room), "pin": self._pin_shown_once(room)}

    def _pin_shown_once(self, room: ConferenceRoom) -> str:
        """The PIN, on the page right after it was made; a second look shows nothing."""
        if self.request.session.get(_SHOW_ONCE) != room.pk:
            return ""
        del self.request.session[_SHOW_ONCE]
        return room.pin


class RoomEdit(OneRoom, VersionedFormPage):
    permission = Perm.CONFERENCE_UPDATE
    template = "conference/edit.html"
    form_class = EditRoomForm
    done_message = _("Conference room saved.")

    def initial(self) -> dict[str, Any]:
        names = ("number", "name", "most", "announce", "wait_for_member")
        return {name: getattr(self.current(), name) for name in names}

    def perform(self, form: EditRoomForm) -> str:
        edit_room(room=self.current(), by=self.request.user, **form.cleaned_data)
        return self.page_url()


class RoomPin(OneRoom, FormPage):
    permission = Perm.CONFERENCE_UPDATE
    template = "conference/pin.html"
    form_class = RoomPinForm
    done_message = _("PIN saved.")

    def perform(self, form: RoomPinForm) -> str:
        set_room_pin(room=self.current(), by=self.request.user, **form.cleaned_data)
        return self.page_url()


class RoomPinRenew(OneRoom, ActionPage):
    permission = Perm.CONFERENCE_UPDATE
    done_message = _("New PIN made. The old one opens nothing any more.")

    def perform(self) -> str:
        room = renew_room_pin(room=self.current(), by=self.request.user)
        self.request.session[_SHOW_ONCE] = room.pk
        return self.page_url()


class RoomMembers(OneRoom, FormPage):
    """Search and tick. What stood on the page decides what a save may change, so two people can work at once."""

    permission = Perm.CONFERENCE_UPDATE
    template = "conference/members.html"
    form_class = MembersForm
    done_message = _("Members saved.")

    def context(self) -> dict[str, Any]:
        search = self.request.GET.get("q", "").replace("\x00", "").strip()[:60]
        return {"room": self.current(), "search": search, "found": candidates(self.current(), search)}

    def perform(self, form: MembersForm) -> str:
        change_members(room=self.current(), by=self.request.user, **form.changes())
        return self.page_url()


class RoomDelete(DeletePage):
    permission = Perm.CONFERENCE_DELETE

    def found(self) -> ConferenceRoom:
        return get_object_or_404(ConferenceRoom, pk=self.kwargs["pk"])
