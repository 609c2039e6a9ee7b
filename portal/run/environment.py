"""The environment that the launcher hands to Django's processes."""

import os

from portal.run.console import ROOT
from portal.run.folder import DataFolder
from portal.run.servers import Addresses


def for_django(folder: DataFolder, port: int, addresses: Addresses) -> dict[str, str]:
    """This process's environment, with what the settings need to find this installation. The secret key is made once
    and kept in the data folder, unless the environment brings its own."""
    own = {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_DATA": str(folder.path),
        "PORTAL_PORT": str(port),
        "DATABASE_URL": addresses.database_url,
        "REDIS_URL": addresses.redis_url,
        **addresses.pbx,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }
    if not {"PORTAL_SECRET_KEY", "PORTAL_SECRET_KEY_FILE"} & os.environ.keys():
        own["PORTAL_SECRET_KEY"] = folder.secret("secret_key")
    return os.environ | own
