"""Adding many holidays at once: national ones, and those of a file; always looked at before (SCH-08)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from extensions.forms.schedules.holiday import NationalForm, UploadForm
from extensions.schedule_selectors import company_zone
from extensions.services.schedules.draft import HolidayDraft
from extensions.services.schedules.file import check_file
from extensions.services.schedules.holidays import add_holidays, names_of
from extensions.services.schedules.national import national_holidays
from extensions.views.schedules.calendar import OneCalendar
from portal.core.errors import DomainError
from portal.core.pages.forms import refuse
from portal.permissions import Perm

PICKED = "day"
CONTENT = "content"


class ManyHolidays(OneCalendar, abstract=True):
    """A look first, then the same facts again as a decision."""

    permission = Perm.SCHEDULE_UPDATE

    def add(self, drafts: list[HolidayDraft], source: tuple[str, str] = ("", "")) -> HttpResponse:
        """Add them, say how many came to be added, and go to the calendar."""
        added = add_holidays(calendar=self.calendar(), drafts=drafts, by=self.request.user, source=source)
        said = ngettext("%(n)d holiday added.", "%(n)d holidays added.", added) % {"n": added}
        messages.success(self.request, said)
        return self.redirect(self.page_url())


class NationalHolidays(ManyHolidays):
    """GET with country, region and years shows them with boxes; POST adds those that stayed ticked."""

    permission = Perm.SCHEDULE_UPDATE
    template = "schedules/national.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self._form(request.GET if "country" in request.GET else None)
        if not form.is_bound:
            return self.page({"form": form, **self.context()})
        if not form.is_valid():
            return self.page({"form": form, **self.context()}, status=422)
        return self.page({"form": form, "found": self._found(form), **self.context()})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self.page({"form": form, **self.context()}, status=422)
        picked = set(request.POST.getlist(PICKED))
        drafts = [draft for draft in _drafts(form) if draft.name in picked]
        if not drafts:
            form.add_error(None, _("Tick at least one holiday."))
            return self.page({"form": form, "found": self._found(form), **self.context()}, status=422)
        try:
            return self.add(drafts, (form.cleaned_data["country"], form.cleaned_data["region"]))
        except DomainError as refusal:
            return self.refused(form, refusal)

    def _form(self, data: Any) -> NationalForm:
        country = self.calendar().country or str(self.request.tenant.country)
        year = timezone.now().astimezone(company_zone()).year
        initial = {"country": country, "region": self.calendar().region, "year": year, "years": 2}
        return NationalForm(data, country=country, initial=initial)

    def _found(self, form: NationalForm) -> list[dict[str, Any]]:
        taken, today = names_of(self.calendar()), timezone.now().astimezone(company_zone()).date()
        return [
            {"draft": draft, "there": draft.name.lower() in taken, "over": (draft.first_day or today) < today}
            for draft in _drafts(form)
        ]


class HolidayImport(ManyHolidays):
    """A file is checked whole and shown with every fault; only the second POST, with its text, adds anything."""

    permission = Perm.SCHEDULE_UPDATE
    template = "schedules/import.html"
    form_class = UploadForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if CONTENT in request.POST:
            return self._decide(request.POST[CONTENT])
        form = self.build(request.POST, request.FILES)
        if not form.is_valid():
            return self.page({"form": form, **self.context()}, status=422)
        return self._look(form, form.cleaned_data["file"])

    def _look(self, form: Any, content: bytes) -> HttpResponse:
        try:
            checked = check_file(content, taken=names_of(self.calendar()))
        except DomainError as refusal:
            refuse(form, refusal)
            return self.page({"form": form, **self.context()}, status=422)
        faults: dict[int, dict[str, str]] = {}
        for fault in checked.faults:
            faults.setdefault(fault.line, {})[fault.column] = fault.sentence
        rows = [{"row": row, "faults": faults.get(row.line, {})} for row in checked.rows]
        shown = {"checked": checked, "rows": rows, "text": content.decode("utf-8-sig")}
        return self.page({"form": form, **shown, **self.context()}, status=422 if checked.faults else 200)

    def _decide(self, text: str) -> HttpResponse:
        form = self.build()
        content = text.encode()
        try:
            checked = check_file(content, taken=names_of(self.calendar()))
            if checked.drafts and (not checked.faults or "skip" in self.request.POST):
                return self.add(checked.drafts)
        except DomainError as refusal:
            messages.error(self.request, refusal.message)
        return self._look(form, content)


def _drafts(form: NationalForm) -> list[HolidayDraft]:
    facts = form.cleaned_data
    years = range(facts["year"], facts["year"] + facts["years"])
    return national_holidays(country=facts["country"], region=facts["region"], years=years)
