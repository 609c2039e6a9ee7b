"""Settings from the environment, with one prefix and every fault told at once."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

PREFIX = "PORTAL_"
YES = {"1", "true", "yes", "on"}
NO = {"", "0", "false", "no", "off"}


class Environment:
    """Reads `PORTAL_*` variables (or `PORTAL_*_FILE`, a file that holds the value) and collects what is wrong."""

    def __init__(self) -> None:
        self.env = environ.FileAwareEnv()
        self.faults: list[str] = []

    def read(self, name: str, cast: str = "str", default: Any = None, *, prefix: str = PREFIX) -> Any:
        """The value of one variable; a missing one without a default, or one of the wrong kind, is a fault."""
        variable = f"{prefix}{name}"
        try:
            if cast == "bool" and self.env.str(variable, default="no").lower() not in YES | NO:
                raise ValueError("say yes or no")
            if default is None:
                return getattr(self.env, cast)(variable)
            return getattr(self.env, cast)(variable, default=default)
        except (ImproperlyConfigured, ValueError) as fault:
            self.faults.append(f"{variable}: {fault}")
            return default

    def finish(self) -> None:
        """Raise ImproperlyConfigured with all faults found so far, or do nothing."""
        if self.faults:
            raise ImproperlyConfigured("The environment is not complete:\n  " + "\n  ".join(self.faults))


def data_folder(value: str) -> Path:
    """The folder that holds everything this installation writes."""
    return Path(value).expanduser().resolve()
