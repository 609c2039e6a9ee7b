"""The gallery, served under the portal's own Content-Security-Policy, and a Chromium to look at it."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from csp.utils import build_policy
from django.test import override_settings

from tests.browser.looking import launch_arguments
from tests.look.gallery import pages

ROOT = Path(__file__).resolve().parents[2]
PLAIN_NAMES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


class Gallery(SimpleHTTPRequestHandler):
    """Rendered pages and static files; every answer carries the policy."""

    def __init__(self, *args: object, folder: Path, policy: str, **kwargs: object) -> None:
        self.folder, self.policy = folder, policy
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        name = path.partition("?")[0]
        return str(ROOT / name[1:]) if name.startswith("/static/") else str(self.folder / name[1:])

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the gallery."""
    folder = tmp_path_factory.mktemp("gallery")
    with override_settings(STORAGES=PLAIN_NAMES):
        for name, html in pages():
            (folder / f"{name}.html").write_text(html)
    (folder / "part.html").write_text("after")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Gallery, folder=folder, policy=build_policy()))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The machine's own Chromium, without its calls home."""
    return {**browser_type_launch_args, **launch_arguments()}
