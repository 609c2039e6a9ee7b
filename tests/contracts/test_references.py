"""Whatever refers to something in a tenant's telephone system is known to the safe deletion (TEN-13)."""

import pytest

from extensions.models import Destination
from extensions.services.deletion.catalogue import PARTS, USES
from extensions.services.deletion.kinds import KINDS
from extensions.services.deletion.uses import foreign_keys
from portal.core.cloning import tenant_models


@pytest.mark.feature("TEN-13")
def test_every_reference_is_a_part_or_a_use() -> None:
    known = {(part._meta.label, field) for part, field in PARTS}
    known |= {(use.model._meta.label, use.path) for use in USES}
    missing = []
    for model in tenant_models():
        for field in foreign_keys(model):
            target = field.related_model
            if model is Destination:
                continue  # its owners stand for it, see below
            if target in KINDS and (model._meta.label, field.name) not in known:
                missing.append(f"{model._meta.label}.{field.name} → {target._meta.label}")

    assert missing == [], "declare them in extensions/services/deletion/catalogue.py"


@pytest.mark.feature("TEN-13")
def test_every_owner_of_a_destination_is_known() -> None:
    declared = {(use.model, use.column) for use in USES if "__" in use.path}
    owners = {
        (model, field.name)
        for model in tenant_models()
        for field in foreign_keys(model)
        if field.related_model is Destination
    }

    assert owners == declared
