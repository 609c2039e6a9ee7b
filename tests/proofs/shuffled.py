"""A plug-in of pytest: the tests in another order for each PORTAL_SHUFFLE, files and tests within them."""

import os
import random

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole files stay together, as the telephones of a folder are made once for it."""
    dice = random.Random(os.environ["PORTAL_SHUFFLE"])  # noqa: S311 - the same order for the same word
    files = sorted({item.path for item in items})
    places = {path: dice.random() for path in files}
    dice.shuffle(items)
    items.sort(key=lambda item: places[item.path])
