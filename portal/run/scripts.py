"""`bin/bench NAME` and `bin/prove NAME`: one script on real servers that write to disk as in production."""

import os
import subprocess
import sys

from portal.run.console import ROOT, Refusal, _, say
from portal.run.environment import for_django
from portal.run.folder import free_folder
from portal.run.processes import free_port, stop_at_signals
from portal.run.servers import private_servers

PLACES = {"bench": ("tests/bench", "bench_"), "prove": ("tests/proofs", "prove_")}


def names(command: str) -> list[str]:
    """The scripts there are for `bench` or `prove`."""
    folder, prefix = PLACES[command]
    return sorted(file.stem.removeprefix(prefix) for file in (ROOT / folder).glob(f"{prefix}*.py"))


def run_script(command: str, words: list[str]) -> int:
    """Run the script that the first word names, with the other words; returns its exit code. Without a word, list the
    scripts. Raises Refusal for an unknown name."""
    known = names(command)
    name, arguments = (words[0], words[1:]) if words else (None, [])
    if name is None:
        say(_("bin/{command} NAME, where NAME is one of:").format(command=command))
        for each in known:
            say(f"  {each}")
        return 0
    if name not in known:
        raise Refusal(
            _("There is no {command} named {name}; there are: {known}.").format(
                command=command, name=name, known=", ".join(known) or _("none")
            )
        )
    folder_name, prefix = PLACES[command]
    stop_at_signals()
    with free_folder(ROOT / "var", command) as folder, private_servers(folder, durable=True) as addresses:
        environment = for_django(folder, free_port(), addresses)
        script = subprocess.Popen(
            [sys.executable, os.fspath(ROOT / folder_name / f"{prefix}{name}.py"), *arguments],
            env=environment,
            cwd=ROOT,
        )
        try:
            return script.wait()
        finally:
            if script.poll() is None:
                script.terminate()
                script.wait()
