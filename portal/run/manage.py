"""`bin/manage`: Django's manage.py beside a running `bin/run`, with the servers and the secret key of that one."""

import json
import os
import sys
from pathlib import Path

from portal.run.console import ROOT, Refusal, _
from portal.run.folder import DataFolder
from portal.run.prepare import default_folder

# What the launcher decides; the rest is the environment's own.
KEPT = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "PORTAL_DATA", "PORTAL_PORT", "PORTAL_SECRET_KEY")


def keep_environment(folder: DataFolder, environment: dict[str, str]) -> None:
    """Write down for `bin/manage` how this run reaches its servers; readable by its owner alone."""
    told = {name: value for name, value in environment.items() if name in KEPT or name.startswith("PORTAL_PBX_")}
    fresh = _file(folder).with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        json.dump(told, handle)
    fresh.rename(_file(folder))


def manage(words: list[str]) -> int:
    """Become `manage.py words…` of the installation in `--data DIR` (the first word) or `var`.

    Raises Refusal where no `bin/run` is up there.
    """
    folder = DataFolder(default_folder())
    if words[:1] == ["--data"] and len(words) > 1:
        folder, words = DataFolder(Path(words[1])), words[2:]
    if not _is_used(folder) or not _file(folder).exists():
        raise Refusal(_("Nothing runs in {path}: start bin/run first.").format(path=folder.path))
    environment = os.environ | json.loads(_file(folder).read_text())
    os.execve(sys.executable, [sys.executable, str(ROOT / "manage.py"), *words], environment)  # noqa: S606 - no shell


def _file(folder: DataFolder) -> Path:
    return folder.run / "environment.json"


def _is_used(folder: DataFolder) -> bool:
    if not folder.run.is_dir():
        return False
    try:
        with folder.locked():
            return False
    except Refusal:
        return True
