"""Deleting with a look at what depends on the object, and bringing it back (TEN-13, UXP-07)."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from extensions.forms.deletion import DeleteForm
from extensions.models import Deletion
from extensions.services.deletion import (
    UNDO_MINUTES,
    DependantsChanged,
    delete_object,
    dependants,
    kind_of,
    undo_deletion,
)
from extensions.services.deletion.lately import deletions_of
from portal.core.errors import DomainError
from portal.core.pages import ActionPage, FormPage, Page
from portal.permissions import Perm


class DeletePage(FormPage, abstract=True):
    """The confirm page of one object. Declares its permission and says which object it is (`found`).

    `list_url` is where the person is taken afterwards (the kind's list unless told), `back` where Cancel leads.
    `consequences` are further sentences. Override `carry_out` to call a service of the topic's own.
    """

    template = "extensions/delete.html"
    form_class: Any = DeleteForm
    list_url = ""

    def found(self) -> Model:
        """The object, or 404."""
        raise NotImplementedError(f"{type(self).__qualname__}.found")

    def row(self) -> Any:
        """The object, read once per request."""
        if not hasattr(self, "_row"):
            self._row = self.found()
        return self._row

    def list_address(self) -> str:
        """Where the list of its kind is."""
        return reverse(self.list_url or kind_of(type(self.row())).list_url)

    def back(self) -> str:
        """Where Cancel leads."""
        return self.list_address()

    def consequences(self) -> list[str]:
        """Sentences about what else happens."""
        return []

    def carry_out(self, form: Any, expected: str) -> Deletion:
        """Call the service."""
        return delete_object(
            self.row(),
            by=self.request.user,  # type: ignore[arg-type]
            at=timezone.now(),
            replacements=form.replacements(),
            expected=expected,
        )

    def form_arguments(self) -> dict[str, Any]:
        if not hasattr(self, "_groups"):
            self._groups, self._seen = dependants(self.row())
        return {"row": self.row(), "groups": self._groups, "seen": self._seen}

    def context(self) -> dict[str, Any]:
        kind = kind_of(type(self.row()))
        return {"row": self.row(), "kind": kind, "undo_minutes": UNDO_MINUTES if kind.undoable() else 0}

    def perform(self, form: Any) -> str:
        target = self.list_address()
        offer_undo(self.request, self.carry_out(form, form.cleaned_data["expected"]))
        return target

    def refused(self, form: Any, refusal: DomainError) -> HttpResponse:
        if isinstance(refusal, DependantsChanged):
            form.look_again()
        return super().refused(form, refusal)


def offer_undo(request: HttpRequest, deletion: Deletion) -> None:
    """Say that something was deleted; the message carries a button that brings it back."""
    sentence = _("%(what)s deleted.") % {"what": deletion.label}
    messages.success(request, sentence, extra_tags=f"undo-{deletion.pk}" if deletion.rows else "")


class DeletedLately(Page):
    """What this person may still bring back, and what went today."""

    permission = Perm.OWN_USE
    template = "extensions/deletions.html"

    def context(self) -> dict[str, Any]:
        return {"deletions": deletions_of(self.request.user, at=timezone.now()), "minutes": UNDO_MINUTES}


class UndoDeletion(ActionPage):
    permission = Perm.OWN_USE

    def perform(self) -> str:
        found = deletions_of(self.request.user, at=timezone.now(), pk=self.kwargs["pk"])
        deletion = get_object_or_404(Deletion, pk=found[0].row.pk if found else None)
        undone = undo_deletion(deletion=deletion, by=self.request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(self.request, _("%(what)s is back.") % {"what": undone.label})
        return found[0].list_address or reverse("extensions:deletions")

    def refused_to(self) -> str:
        return reverse("extensions:deletions")
