"""`bin/prove guessing [part]`: nobody guesses a telephone's configuration (THR-22, PRV-01).

A real portal, and one telephone that may fetch. 10,000 secrets and 65,536 MAC addresses are guessed, each from another
network address so that no lock helps, then the same from one address, which is locked. Nothing may be found, the
telephone must still be served, and no log may hold its secret. `part` is a share of the guesses in percent.
"""

import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from threading import local

from tests.prepared import copy_database, database_url

NAME = "prove_guessing"
copy_database(NAME)
os.environ["DATABASE_URL"] = database_url(NAME)
os.environ["PORTAL_TRUSTED_PROXIES"] = "1"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django  # noqa: E402

django.setup()

from django.utils import timezone  # noqa: E402

from extensions.models import Extension, FetchMiss, Phone  # noqa: E402
from extensions.services.phones.access import issue_access  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from tenants.door import inside  # noqa: E402
from tenants.models import Tenant  # noqa: E402
from tests.bench.measure import versions  # noqa: E402
from tests.browser.portal import Portal, running_portal  # noqa: E402
from tests.world import ALPHA  # noqa: E402

SECRETS, MACS = 10_000, 65_536
MAC, HANDS = "805ec0123456", 4
AGENT = "Yealink SIP-T54W 96.86.0.100"
_here = local()


def main(percent: int) -> int:
    """Print what was found; returns 1 when anything was, or the telephone is not served."""
    access = _telephone()
    draw = random.Random(1)  # noqa: S311 - guesses, not secrets
    signs = "abcdefghjkmnpqrstuvwxyz23456789"
    secrets = ["".join(draw.choice(signs) for _ in range(27)) for _ in range(SECRETS * percent // 100)]
    macs = [f"{MAC[:8]}{n:04x}" for n in range(MACS * percent // 100) if f"{MAC[:8]}{n:04x}" != MAC]
    print(f"{versions()}; {len(secrets)} secrets, {len(macs)} MAC addresses", flush=True)
    with tempfile.TemporaryDirectory() as folder, running_portal(Path(folder) / "data", programs=("web",)) as portal:
        known = f"/p/{access.secret}"
        tries = {
            "secrets, from everywhere": [f"/p/{one}/{MAC}.cfg" for one in secrets],
            "MACs with a guessed secret": [f"/p/{secrets[0]}/{one}.cfg" for one in macs],
            "MACs with the right secret": [f"{known}/{one}.cfg" for one in macs[:200]],
            "secrets, from one address": [f"/p/{one}/{MAC}.cfg" for one in secrets[:500]],
        }
        found = {name: _guess(portal, name, paths) for name, paths in tries.items()}
        with inside(Tenant.objects.get(schema_name="t2")):
            sources = FetchMiss.objects.count()
            again = issue_access(phone=access.phone, by=User.objects.first(), at=timezone.now())
        served = _status(portal, f"/p/{again.secret}/{MAC}.cfg", "198.51.100.1")
        logs = "".join(file.read_text(errors="replace") for file in (Path(folder) / "data").glob("*.log"))
    leaked = access.secret in logs or again.secret in logs
    print(f"addresses remembered {sources}; served afterwards: {served}; secrets in the logs: {leaked}")
    good = all(set(answers) == {404} for answers in found.values()) and served == 200 and not leaked
    return 0 if good and sources <= 5_100 else 1


def _telephone() -> "object":
    """A telephone in alpha that may fetch."""
    with inside(Tenant.objects.get(schema_name="t2")):
        owner = Extension.objects.order_by("pk").first()
        phone = Phone.objects.create(mac=MAC, model="yealink-t54w", extension=owner, created_at=timezone.now())
        return issue_access(phone=phone, by=User.objects.first(), at=timezone.now())


def _guess(portal: Portal, name: str, paths: Iterable[str]) -> Counter:
    """How many answers of each kind; printed with the time it took."""
    started = time.monotonic()
    asked = [(path, "10.9.9.9" if "one address" in name else f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}")
             for n, path in enumerate(paths)]  # fmt: skip
    with ThreadPoolExecutor(HANDS) as hands:
        found = Counter(hands.map(lambda one: _status(portal, *one), asked))
    print(f"{name:<30} {dict(found)}  {time.monotonic() - started:6.1f} s", flush=True)
    return found


def _status(portal: Portal, path: str, address: str) -> int:
    """The answer to one telephone; each thread keeps its connection."""
    if not hasattr(_here, "to"):
        _here.to = HTTPConnection("127.0.0.1", portal.port, timeout=30)
    headers = {"Host": f"{ALPHA}:{portal.port}", "User-Agent": AGENT, "X-Forwarded-For": address}
    _here.to.request("GET", path, headers=headers)
    answer = _here.to.getresponse()
    answer.read()
    return answer.status


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
