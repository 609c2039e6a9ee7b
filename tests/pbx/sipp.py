"""Running a scenario of `tests/pbx/scenarios/` against an Asterisk."""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from portal.run.asterisk.installed import SipTools
from portal.run.asterisk.ports import free_sip_port

SCENARIOS = Path(__file__).parent / "scenarios"
SECONDS = 8


def start_scenario(tools: SipTools, sip_port: int, name: str, fields: Sequence[str]) -> subprocess.Popen:
    """Start one run of the scenario from a port of its own; it ends with exit code 0 when all came as it should, and
    prints what was wrong otherwise. `fields` are the scenario's [field0], [field1] ..."""
    folder = Path(tempfile.mkdtemp(prefix="trunkline-sipp-"))
    values = folder / "fields.csv"
    values.write_text("SEQUENTIAL\n" + ";".join(fields) + "\n")
    own_port = str(free_sip_port())
    command = [*tools.sipp, "-sf", str(SCENARIOS / f"{name}.xml"), "-inf", str(values)]
    command += ["-i", "127.0.0.1", "-mi", "127.0.0.1", "-p", own_port, "-m", "1", "-nostdin"]
    command += ["-timeout", str(SECONDS), "-timeout_error", "-trace_err", f"127.0.0.1:{sip_port}"]
    return subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def passes(tools: SipTools, sip_port: int, name: str, fields: Sequence[str]) -> bool:
    """Whether one run of the scenario goes as it should."""
    process = start_scenario(tools, sip_port, name, fields)
    process.communicate(timeout=SECONDS + 5)
    return process.returncode == 0


def sign_in(user: str, password: str) -> str:
    """The field with which a scenario answers the question for a password."""
    return f"[authentication username={user} password={password}]"
