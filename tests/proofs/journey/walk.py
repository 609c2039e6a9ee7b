"""Every step of the journey, as somebody takes it."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.proofs.journey.files import Row, mended, right_rows, rows_of, with_mistakes, write

MISTAKES = 100
LONG = 180_000  # milliseconds
NAME = "Everybody"
AT_ONCE = 5000  # rows; longer files are made in the background
UNDER_WAY = re.compile(r"[1-9][0-9]* of [0-9]+ users done|Ended ")


class Walk:
    """One person at one browser. `times` are seconds by step, `faults` what was not as it should be."""

    def __init__(self, page: Page, url: Callable[[str], str], people: int, folder: Path, pictures: Path) -> None:
        self.page, self.url, self.people, self.folder, self.pictures = page, url, people, folder, pictures
        self.times: list[tuple[str, float]] = []
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def whole(self, logon: str, password: str) -> None:
        """From signing in to the downloaded report."""
        with self.step("sign in"):
            self._sign_in(logon, password)
        with self.step("have the file of users and their UUIDs made, and download it"):
            users = self._users()
        with self.step("have the file of numbers made, and download it"):
            numbers = self._numbers()
        self._assign_all(right_rows(users, numbers, self.people))

    def _assign_all(self, right: list[Row]) -> None:
        """From the file with mistakes to the report."""
        wrong = write(self.folder / "people.csv", with_mistakes(right, MISTAKES))
        with self.step("create the template “Everybody” with Team Chat"):
            self._create()
        with self.step(f"upload {self.people} rows with {MISTAKES} mistakes: all told at once"):
            self._upload(wrong)
            expect(self.page.get_by_text(f"{MISTAKES} of {self.people} rows have problems")).to_be_visible(timeout=LONG)
        self._keep("errors")
        with self.step("download the file with its error column"):
            errors = self._download(self.page.get_by_role("link", name="Download with an error column"))
        again, told = mended(errors, right, self.folder / "mended.csv")
        self._compare("rows with an error in the file", told, MISTAKES)
        with self.step("take the file out, upload the mended one"):
            self.page.get_by_role("button", name="Remove people.csv and its users").click()
            self._upload(again)
            expect(self.page.get_by_text(f"{self.people} rows, and all of them are fine.")).to_be_visible(timeout=LONG)
        with self.step("dry run"):
            self._dry_run()
        with self.step("assign, leave the page, come back, see it completed"):
            self._assign()
        self._keep("completed")
        with self.step("have the file of the report made, and download it"):
            report = self._file(self.page.get_by_role("link", name="Export the report"), self.people)
        self._look_into(report)

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Measure and print one step."""
        began = time.monotonic()
        yield
        self.times.append((what, time.monotonic() - began))
        print(f"  {self.times[-1][1]:>6.1f} s  {what}", flush=True)

    def _sign_in(self, logon: str, password: str) -> None:
        self.page.goto(self.url("/"))
        self.page.locator("input[name=login]").fill(logon)
        self.page.locator("input[name=password]").fill(password)
        self.page.locator("input[name=password]").press("Enter")
        self.page.wait_for_selector("nav")

    def _users(self) -> Path:
        self.page.get_by_role("navigation").get_by_role("link", name="Users").first.click()
        self.page.locator("summary", has_text="Columns").click()
        self.page.get_by_role("link", name="Show: Identity UUID").click()
        return self._file(self.page.get_by_role("link", name="Export"), self.people)

    def _numbers(self) -> Path:
        self.page.goto(self.url("/licences/phone-system/"))
        self.page.locator("summary", has_text="Download").click()
        return self._file(self.page.get_by_role("link", name="Export available number license"), self.people // 2)

    def _create(self) -> None:
        self.page.goto(self.url("/"))
        self.page.locator(".menu.me > summary").click()
        self.page.get_by_role("link", name="Manage Organization").click()
        self.page.get_by_role("link", name="Manage Phone System").click()
        self.page.get_by_role("link", name="Bulk Assignment").click()
        self.page.get_by_role("link", name="Create").first.click()
        self.page.locator("#id_name").fill(NAME)
        self.page.get_by_label("Team Chat").check()
        self.page.get_by_role("button", name="Next").click()

    def _upload(self, file: Path) -> None:
        self.page.set_input_files("input[type=file]", file)
        self.page.get_by_role("button", name="Upload and check").click()

    def _dry_run(self) -> None:
        self.page.get_by_role("link", name="Dry run").click()
        expect(self.page.get_by_text(f"{self.people} extensions with a voicemail box each")).to_be_visible(timeout=LONG)
        self.page.get_by_role("link", name="Back to the users").click()

    def _assign(self) -> None:
        self.page.locator(".work-actions").get_by_role("link", name="Assign").click()
        expect(self.page.get_by_text(f"{self.people} users can be assigned")).to_be_visible(timeout=LONG)
        self.page.get_by_label("Skip bad rows").check()
        self.page.get_by_role("button", name="Start the assignment").click()
        expect(self.page.get_by_text(UNDER_WAY)).to_be_visible(timeout=LONG)
        self._keep("progress")
        self.page.goto(self.url("/licences/phone-system/bulk/"))
        self.page.get_by_role("link", name=f"Report: {NAME}").click()
        expect(self.page.get_by_role("link", name="Undo the run")).to_be_visible(timeout=LONG)
        expect(self.page.get_by_text("Completed").first).to_be_visible()

    def _look_into(self, report: Path) -> None:
        lines = rows_of(report)
        self._compare("rows of the report", len(lines), self.people)
        self._compare("different keys in the report", len({line["Ext Key"] for line in lines}), self.people)
        self._compare("rows with the outcome “Assigned”", sum(x["Outcome"] == "Assigned" for x in lines), self.people)
        self._compare("rows with a number", sum(bool(line["Number"]) for line in lines), self.people // 2)

    def _download(self, link: Locator) -> Path:
        with self.page.expect_download(timeout=LONG) as found:
            link.click()
        path = self.folder / found.value.suggested_filename
        found.value.save_as(path)
        return path

    def _file(self, link: Locator, rows: int) -> Path:
        """A file that comes at once, or one that is made in the background because it is long."""
        if rows <= AT_ONCE:
            return self._download(link)
        link.click()
        self.page.get_by_role("button", name="Make the file").click()
        deadline = time.monotonic() + LONG / 1000
        ready = self.page.get_by_role("link", name="Download the file")
        while self.page.get_by_text("is being made").count() or not ready.count():
            if time.monotonic() > deadline:
                raise AssertionError("the file was not made")
            self.page.wait_for_timeout(300)
            self.page.goto(self.page.url)
        return self._download(ready.first)

    def _compare(self, what: str, found: int, due: int) -> None:
        if found != due:
            self.faults.append(f"{what}: {found} instead of {due}")

    def _keep(self, name: str) -> None:
        self.page.screenshot(path=self.pictures / f"{name}.jpg", caret="initial", quality=85)
