"""Many calls at once: all of them are made, and the portal hears of every one (PHONE-SYSTEM 6: load).

PORTAL_LOAD says how many calls; `bin/prove load` makes thousands.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from extensions.models import Feature, FeatureCode
from extensions.pbx.events import Leg, LegGone
from portal.run.asterisk.ports import free_sip_port
from tests.pbx.sip.stage import Company, Stage
from tests.pbx.sipp import SCENARIOS, sign_in

pytestmark = [pytest.mark.pbx]
CALLS = int(os.environ.get("PORTAL_LOAD", "60"))
RATE, AT_ONCE = 20, 100  # calls begun in a second, and at the same time
LONGEST = CALLS / RATE * 4 + 30  # seconds; a machine with other work is slower than 20 a second


@contextmanager
def callers(stage: Stage, company: Company, number: str) -> Iterator[subprocess.Popen[str]]:
    """Extension 105 calls `number` again and again, each time for a second."""
    one = company.sign_in("105")
    with tempfile.TemporaryDirectory(prefix="trunkline-load-") as folder:
        fields = Path(folder) / "fields.csv"
        signed = sign_in(one.username, one.password)
        fields.write_text(f"SEQUENTIAL\n105;{company.domain};{signed};{number}\n")
        command = [*stage.tools.sipp, "-sf", str(SCENARIOS / "call.xml"), "-inf", str(fields), "-nostdin"]
        command += ["-i", "127.0.0.1", "-mi", "127.0.0.1", "-p", str(free_sip_port()), "-timeout", f"{LONGEST:.0f}"]
        command += ["-r", str(RATE), "-l", str(AT_ONCE), "-m", str(CALLS), "-timeout_error", "-trace_err"]
        process = subprocess.Popen(
            [*command, f"127.0.0.1:{stage.pbx.sip_port}"], cwd=folder, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@pytest.mark.feature("MON-01")
def test_calls_by_the_dozen_are_all_made_and_all_told_of(stage: Stage, alpha: Company) -> None:
    with alpha.pages():
        echo = FeatureCode.objects.get(feature=Feature.ECHO).code

    with callers(stage, alpha, echo) as caller:
        said, _errors = caller.communicate(timeout=LONGEST + 10)
    assert caller.returncode == 0, said[-2000:]

    stage.ears.until(lambda: len(stage.ears.all_told(LegGone, tenant="t2")) >= CALLS, "every call over")
    begun = {leg.id for leg in stage.ears.all_told(Leg, tenant="t2", number="105")}
    over = {leg.id for leg in stage.ears.all_told(LegGone, tenant="t2")}
    assert (len(begun), begun) == (CALLS, over)

    def records() -> int:
        return len(stage.ears.all_raw("Cdr", AccountCode="t2", Disposition="ANSWERED"))

    stage.ears.until(lambda: records() >= CALLS, "every record written")  # each after its call is over
    assert records() == CALLS
    assert not [leg for leg in stage.ears.all_told(Leg) if leg.tenant != "t2"]
