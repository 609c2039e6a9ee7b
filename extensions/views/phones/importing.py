"""Importing telephones from a CSV file: check, look, commit (PRV-02)."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from extensions.imports.checked import Checked, Row
from extensions.imports.pages import CommitPage, ProblemsPage, Upload, UploadPage
from extensions.services.phones.importing import check_phones, commit_phones, read_phones
from portal.permissions import Perm

STEPS = {
    "upload": "extensions:phones_import",
    "commit": "extensions:phones_import_commit",
    "problems": "extensions:phones_import_problems",
}


class PhonesUpload(Upload, abstract=True):
    """What the three steps share."""

    purpose = "telephones"
    title = _("Import telephones")
    list_title = _("Telephones")
    lead = _("First the file is checked and everything that is wrong is shown. Nothing is written before you say so.")
    columns = {
        "mac": _("MAC address"),
        "model": _("Model"),
        "extension": _("Extension"),
        "modules": _("Modules"),
        "place": _("Place"),
    }
    example = "MAC,Model,Extension,Modules,Place\n80:5E:C0:12:34:56,Yealink SIP-T54W,101,1,Reception\n"

    def list_url(self) -> str:
        return reverse("extensions:phones")

    def step_url(self, step: str) -> str:
        return reverse(STEPS[step])

    def read(self, data: bytes) -> list[Row]:
        return read_phones(data)

    def check(self, rows: Sequence[Row]) -> Checked:
        return check_phones(rows)


class PhonesImport(PhonesUpload, UploadPage):
    permission = Perm.PHONE_CREATE


class PhonesImportCommit(PhonesUpload, CommitPage):
    permission = Perm.PHONE_CREATE

    def commit(self, rows: Sequence[Row], expected: int) -> int:
        return commit_phones(rows=rows, expected=expected, by=self.request.user, at=timezone.now())

    def done_message(self, written: int) -> str:
        return ngettext("%(n)d telephone added.", "%(n)d telephones added.", written) % {"n": written}


class PhonesImportProblems(PhonesUpload, ProblemsPage):
    permission = Perm.PHONE_CREATE
