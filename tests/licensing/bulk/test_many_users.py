"""The page of the users of a large draft (BLK-05, BLK-22)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from licensing.models import AssignmentTemplate
from tests.extensions.conftest import reads
from tests.licensing.bulk.conftest import HEADING
from tests.licensing.bulk.pages import address

Draft = Callable[..., AssignmentTemplate]


@pytest.mark.feature("BLK-05", "BLK-22")
def test_a_draft_of_many_that_is_short_of_licenses_asks_at_most_eight_times(
    look: Client, draft: Draft, people: Callable[..., list], bought: Callable[..., None]
) -> None:
    bought(phone_system=3, team_chat=2, license_number=0)
    names = [f"Person {n}" for n in range(60)]
    people(*names)
    template = draft(HEADING + "".join(f"{3000 + n},{name},\r\n" for n, name in enumerate(names)), addons=["team_chat"])
    look.get(address(template, "users"))

    with CaptureQueriesContext(connection) as queries:
        page = look.get(address(template, "users")).content.decode()

    assert "Team Chat: 60 needed, 2 available." in page
    assert reads(queries) <= 8, [query["sql"][:100] for query in queries]
