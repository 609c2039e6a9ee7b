"""`bin/prove journey [people]`: one company's 15,000 people become extensions, by the hands of somebody at a browser.

Real web server, worker and clock, a real Chromium. People and numbers are downloaded from the portal, a file with a
hundred mistakes is made of them and uploaded; what the portal says is wrong is mended in the file that it gives back,
everything is assigned, and the report is downloaded. In the end every count is compared with what exists.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from portal.accounts.models import User  # noqa: E402
from tenants.door import inside  # noqa: E402
from tenants.models import Tenant  # noqa: E402
from tests.bench.bulk_world import company, prepare  # noqa: E402
from tests.bench.measure import versions  # noqa: E402
from tests.browser.looking import DESKTOP, ROOT, launch_arguments  # noqa: E402
from tests.browser.portal import running_portal  # noqa: E402
from tests.proofs.journey.exactness import faults_of  # noqa: E402
from tests.proofs.journey.walk import Walk  # noqa: E402

PEOPLE = 15_000
PASSWORD = "a harbour full of little boats"  # noqa: S105 - of a company that lives as long as this proof
PICTURES = Path(os.environ.get("PORTAL_PICTURES", ROOT / "var" / "pictures")) / "journey"


def main(people: int) -> int:
    """Walk, print each step with its time, compare; returns 1 when something is wrong."""
    prepare()
    call_command("collectstatic", interactive=False, verbosity=0)
    tenant = company(700_000 + int(time.time()) % 90_000, people=people, numbers=people // 2)
    boss = _with_password(tenant)
    print(versions())
    print(f"{people} people without an extension, {people // 2} outside numbers")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_portal(Path(folder) / "data", programs=("web", "worker", "beat")) as portal,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(**launch_arguments())
        context = browser.new_context(viewport=DESKTOP, locale="en-GB", timezone_id="UTC", accept_downloads=True)
        context.set_default_timeout(20_000)
        host = f"bench{tenant.instance_number}.localhost"
        walk = Walk(context.new_page(), lambda path: portal.url(host, path), people, Path(folder), PICTURES)
        walk.whole(boss, PASSWORD)
        browser.close()
    with inside(tenant):
        faults = [*walk.faults, *faults_of(people)]
    for fault in faults:
        print(f"  {fault}")
    print(f"{sum(seconds for _what, seconds in walk.times):.1f} s from signing in to the report; {len(faults)} faults")
    return 1 if faults else 0


def _with_password(tenant: Tenant) -> str:
    """Let the company's owner sign in; returns the logon."""
    with inside(tenant):
        boss = User.objects.get(username__startswith="boss")
        boss.set_password(PASSWORD)
        boss.save()
    return boss.username


if __name__ == "__main__":
    sys.exit(main(*([int(one) for one in sys.argv[1:2]] or [PEOPLE])))
