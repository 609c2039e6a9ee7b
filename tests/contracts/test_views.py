"""Rules for every page of both hosts."""

import inspect

import pytest
from asgiref.sync import iscoroutinefunction

from portal.core.pages import ActionPage, Page
from portal.core.pages.forms import FormFlow
from tests.contracts.project import URL_MAPS, own_files, relative, views

HANDLERS = ("get", "post", "put", "patch", "delete", "dispatch")


@pytest.mark.parametrize("url_map", URL_MAPS)
def test_no_view_is_async(url_map: str) -> None:
    # An async view reads the schema of whichever request used its thread's connection last.
    found = []
    for address, view in views(url_map):
        page = getattr(view, "view_class", None)
        handlers = [getattr(page, name, None) for name in HANDLERS] if page else []
        if any(iscoroutinefunction(handler) for handler in [view, *handlers] if handler):
            found.append(address)

    assert found == []


@pytest.mark.parametrize("url_map", URL_MAPS)
def test_pages_leave_saving_to_services(url_map: str) -> None:
    saving = []
    for address, view in views(url_map):
        page = getattr(view, "view_class", None)
        if page is None or not issubclass(page, Page | FormFlow):
            continue
        source = inspect.getsource(page)
        if any(verb in source for verb in (".save(", ".delete()", "objects.create(", "objects.update(")):
            saving.append(f"{address} {page.__qualname__}")

    assert saving == []


@pytest.mark.parametrize("url_map", URL_MAPS)
def test_a_verb_answers_to_post_only(url_map: str) -> None:
    pages = [getattr(view, "view_class", None) for _address, view in views(url_map)]
    verbs = [page for page in pages if page and issubclass(page, ActionPage)]

    assert [page.__qualname__ for page in verbs if "get" in page.http_method_names] == []


def test_no_answer_is_read_from_the_database_while_it_is_sent() -> None:
    # Its rows would come from whichever schema the connection is on by then: a leak, not a fault.
    streaming = [relative(file) for file in own_files(".py") if "StreamingHttp" + "Response" in file.read_text()]

    assert streaming == []
