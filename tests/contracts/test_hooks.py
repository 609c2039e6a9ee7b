"""A page class says what its pages must add by methods that refuse to run; no page behind a URL may leave one so."""

import inspect
from collections.abc import Iterator
from typing import Any

from tests.contracts.project import URL_MAPS, views

REFUSES = "raise NotImplementedError"


def page_classes() -> set[type]:
    """The class of every page that a URL leads to."""
    found = {getattr(view, "view_class", None) for url_map in URL_MAPS for _address, view in views(url_map)}
    return {one for one in found if one is not None}


def open_hooks(page: type) -> Iterator[str]:
    """The hooks that `page` would still refuse. One that answers POST by itself never comes to `perform`."""
    for name, method in inspect.getmembers(page, inspect.isfunction):
        answers_itself = name == "perform" and REFUSES in inspect.getsource(method) and _own_post(page)
        if REFUSES in inspect.getsource(method) and not answers_itself:
            yield f"{page.__module__}.{page.__qualname__}.{name}"


def _own_post(page: Any) -> bool:
    source = inspect.getsource(page.post)
    return "perform(" not in source and "super().post(" not in source


def test_every_page_behind_a_url_implements_what_its_class_asks_for() -> None:
    pages = page_classes()

    assert len(pages) > 300
    assert sorted(hook for page in pages for hook in open_hooks(page)) == []
