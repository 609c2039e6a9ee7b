"""Saving what somebody else has just deleted (UXP-05)."""

import pytest

from extensions.models import Team
from portal.core.versions import DeletedMeanwhile, lock_version
from tenants.models import Tenant


@pytest.mark.feature("UXP-05")
def test_what_somebody_deleted_meanwhile_is_a_refusal_and_no_error(inside_alpha: Tenant) -> None:
    team = Team.objects.create(name="Sales")
    pk = team.pk
    team.delete()

    with pytest.raises(DeletedMeanwhile, match="deleted this"):
        lock_version(Team, pk, 1)
