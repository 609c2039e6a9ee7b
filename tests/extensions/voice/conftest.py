"""Files of these tests lie in a folder of their own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages

from extensions.models import Extension, Mailbox
from extensions.services.voicemail.boxes import create_shared_mailbox, ensure_mailbox
from portal.accounts.models import User
from tenants.door import inside
from tenants.models import Tenant


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    storages["default"].__dict__.pop("relative_media_root", None)  # kept by the library, whatever the setting says
    yield
    storages["default"].__dict__.pop("relative_media_root", None)


@pytest.fixture
def orders(alpha: Tenant, owner: User) -> Mailbox:
    """The shared box 500 “Orders”; extension 101 has its own."""
    with inside(alpha):
        ensure_mailbox(Extension.objects.get(number="101"))
        return create_shared_mailbox(number="500", name="Orders", email="orders@alpha.example", by=owner)
