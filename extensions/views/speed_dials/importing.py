"""Importing speed dials, shared or of one extension: check, look, commit (SPD-03)."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from extensions.imports.checked import Checked, Row
from extensions.imports.pages import CommitPage, ProblemsPage, Upload, UploadPage
from extensions.services.speed_dials.importing import check_speed_dials, commit_speed_dials, read_speed_dials
from extensions.views.speed_dials.personal import OfExtension
from extensions.views.speed_dials.shared import Dials
from portal.permissions import Perm

STEPS = {"upload": "import", "commit": "import_commit", "problems": "import_problems"}


class DialsUpload(Dials, Upload, abstract=True):
    """What the three steps share."""

    purpose = "speed-dials"
    title = _("Import speed dials")
    list_title = _("Speed dials")
    lead = _("First the file is checked. Codes that exist get the file’s label and number; others stay as they are.")
    columns = {"code": _("Code"), "label": _("Label"), "number": _("Number")}
    example = "code,label,number\n*7,Taxi,+6561234567\n*8,Warehouse,600\n"

    def list_url(self) -> str:
        return self.url()

    def step_url(self, step: str) -> str:
        return self.url(STEPS[step])

    def read(self, data: bytes) -> list[Row]:
        self.extension()
        return read_speed_dials(data)

    def check(self, rows: Sequence[Row]) -> Checked:
        return check_speed_dials(rows)

    def commit(self, rows: Sequence[Row], expected: int) -> int:
        return commit_speed_dials(extension=self.extension(), rows=rows, expected=expected, by=self.request.user)

    def done_message(self, written: int) -> str:
        return ngettext("%(n)d speed dial imported.", "%(n)d speed dials imported.", written) % {"n": written}


class SharedImport(DialsUpload, UploadPage):
    permission = Perm.SPEED_DIAL_UPDATE


class SharedImportCommit(DialsUpload, CommitPage):
    permission = Perm.SPEED_DIAL_UPDATE


class SharedImportProblems(DialsUpload, ProblemsPage):
    permission = Perm.SPEED_DIAL_UPDATE


class OwnImport(OfExtension, DialsUpload, UploadPage):
    permission = Perm.SPEED_DIAL_UPDATE


class OwnImportCommit(OfExtension, DialsUpload, CommitPage):
    permission = Perm.SPEED_DIAL_UPDATE


class OwnImportProblems(OfExtension, DialsUpload, ProblemsPage):
    permission = Perm.SPEED_DIAL_UPDATE
