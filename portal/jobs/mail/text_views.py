"""Texts of the mails: what is sent, rewriting it, looking at it, sending it to oneself (NTF-02)."""

from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from portal.core.errors import DomainError
from portal.core.mail import OwnText, Rendered, built_in_text, placeholders, render, samples
from portal.core.mails import MAILS, MailKind
from portal.core.pages import ActionPage, FormPage, Page
from portal.core.pages.forms import refuse
from portal.jobs.mail.forms import MailTextForm
from portal.jobs.mail.texts import check_text, own_text, restore_text, save_text, send_test
from portal.jobs.models import MailText
from portal.permissions import Perm


class MailTexts(Page):
    """Every mail in every language, and whose text is sent."""

    permission = Perm.PLATFORM_READ
    template = "mail_log/text_list.html"

    def context(self) -> dict[str, Any]:
        own = {(text.template, text.language): text for text in MailText.objects.all()}
        rows = [
            {"kind": kind, "language": code, "language_name": name, "own": own.get((kind.name, code))}
            for kind in MAILS.values()
            for code, name in settings.LANGUAGES
        ]
        return {"rows": rows}


class OneText(Page, abstract=True):
    """A page about one mail in one language."""

    request: HttpRequest

    @property
    def kind(self) -> MailKind:
        if self.kwargs["name"] not in MAILS or self.kwargs["language"] not in dict(settings.LANGUAGES):
            raise Http404
        return MAILS[self.kwargs["name"]]

    def sample(self) -> Rendered:
        """The mail as it is sent at present, with made-up values."""
        return render(self.kind.name, context=samples(self.kind), language=self.kwargs["language"])

    def here(self, name: str = "jobs:mail_text") -> str:
        return reverse(name, args=[self.kind.name, self.kwargs["language"]])


class MailTextPage(OneText):
    permission = Perm.PLATFORM_READ
    template = "mail_log/text.html"

    def context(self) -> dict[str, Any]:
        own = MailText.objects.filter(template=self.kind.name, language=self.kwargs["language"]).first()
        return {
            "kind": self.kind,
            "language": self.kwargs["language"],
            "language_name": dict(settings.LANGUAGES)[self.kwargs["language"]],
            "own": own,
            "mail": self.sample(),
        }


@method_decorator(csp_replace({"style-src": ["'unsafe-inline'"], "script-src": ["'none'"]}), name="dispatch")
class MailTextHtml(OneText):
    """The HTML version alone, as a mail program shows it. Mails need inline styles, so this page allows them."""

    permission = Perm.PLATFORM_READ

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse(self.sample().html, headers={"Cache-Control": "no-store"})


class MailTextEdit(OneText, FormPage):
    permission = Perm.PLATFORM_WRITE
    template = "mail_log/text_edit.html"
    form_class = MailTextForm
    done_message = _("Text saved. It is sent from now on.")

    def initial(self) -> dict[str, Any]:
        language = self.kwargs["language"]
        text = own_text(self.kind.name, language) or built_in_text(self.kind, language)
        return {"subject": text.subject, "body": text.body}

    @property
    def edit_url(self) -> str:
        return self.here("jobs:mail_text_edit")

    def context(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "back": self.here(),
            "look_url": self.here("jobs:mail_text_look"),
            "placeholders": placeholders(self.kind),
        }

    def perform(self, form: MailTextForm) -> str:
        save_text(name=self.kind.name, language=self.kwargs["language"], by=self.request.user, **form.cleaned_data)
        return self.here()


class MailTextLook(MailTextEdit):
    """The text in the form as a mail, without saving it."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.build(request.POST)
        if form.is_valid():
            try:
                check_text(name=self.kind.name, **form.cleaned_data)
            except DomainError as refusal:
                refuse(form, refusal)
            else:
                own = OwnText(form.cleaned_data["subject"], form.cleaned_data["body"])
                mail = render(self.kind.name, context=samples(self.kind), language=self.kwargs["language"], own=own)
                return self.page({"form": form, "mail": mail, **self.context()})
        return self.page({"form": form, **self.context()}, status=422)


class MailTextRestore(OneText, ActionPage):
    permission = Perm.PLATFORM_WRITE
    done_message = _("The built-in text is sent again.")

    def perform(self) -> str:
        restore_text(name=self.kind.name, language=self.kwargs["language"])
        return self.here()


class MailTextTest(OneText, ActionPage):
    permission = Perm.PLATFORM_WRITE
    done_message = _("A test mail is on its way to you.")

    def refused_to(self) -> str:
        return self.here()

    def perform(self) -> str:
        send_test(name=self.kind.name, language=self.kwargs["language"], to=self.request.user.email)
        return self.here()
