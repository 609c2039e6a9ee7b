"""Pages that change something: POST, then redirect. Refusals come back beside their field with 422."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from portal.core.errors import DomainError, Refusals
from portal.core.pages.base import Page, Screen


def refuse(form: forms.BaseForm, refusal: DomainError) -> None:
    """Put the refusal beside its field, or above the form where the form has no such field."""
    found = refusal.errors if isinstance(refusal, Refusals) else {refusal.field or "__all__": refusal.message}
    for field, sentence in found.items():
        form.add_error(field if field in form.fields else None, str(sentence))


class FormFlow(Screen):
    """The flow of a form, for pages with and without sign-in. Mix in before Page or OpenPage."""

    form_class: type[forms.BaseForm]
    done_message: Any = ""

    def perform(self, form: Any) -> str:
        """Call exactly one service with `form.cleaned_data` and return the address to go to."""
        raise NotImplementedError(f"{type(self).__qualname__}.perform")

    def initial(self) -> dict[str, Any]:
        """What the fields show before anybody typed."""
        return {}

    def form_arguments(self) -> dict[str, Any]:
        """Further arguments of the form, such as choices limited to what the person may see."""
        return {}

    def build(self, data: Any = None, files: Any = None) -> Any:
        """The form, empty or bound."""
        return self.form_class(data, files, initial=self.initial(), **self.form_arguments())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page({"form": self.build(), **self.context()})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.build(request.POST, request.FILES)
        if form.is_valid():
            try:
                target = self.perform(form)
            except DomainError as refusal:
                return self.refused(form, refusal)
            if self.done_message:
                messages.success(request, self.done_message)
            return self.redirect(target)
        return self.page({"form": form, **self.context()}, status=422)

    def refused(self, form: Any, refusal: DomainError) -> HttpResponse:
        """The form again, with what was typed and the refusal in its place."""
        refuse(form, refusal)
        return self.page({"form": form, **self.context()}, status=422)

    def redirect(self, target: str) -> HttpResponse:
        """Go on to `target`; htmx is told by header, because it follows redirects by itself."""
        if self.request.headers.get("HX-Request") == "true":
            return HttpResponse(headers={"HX-Redirect": target})
        return HttpResponseRedirect(target)


class FormPage(FormFlow, Page, abstract=True):
    """A form for signed-in people."""


class ActionPage(Page, abstract=True):
    """A verb with consequences, POST only: its own page, its own URL. Refusals become a message."""

    http_method_names = ["post", "options"]
    done_message: Any = ""

    def perform(self) -> str:
        """Call exactly one service and return the address to go to."""
        raise NotImplementedError(f"{type(self).__qualname__}.perform")

    def refused_to(self) -> str:
        """Where a refusal is shown."""
        return self.request.headers.get("Referer") or "/"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            target = self.perform()
        except DomainError as refusal:
            messages.error(request, refusal.message)
            target = self.refused_to()
        else:
            if self.done_message:
                messages.success(request, self.done_message)
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(headers={"HX-Redirect": target})
        return HttpResponseRedirect(target)
