"""One class per page."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views import View

from portal.permissions import Perm


def wants_partial(request: HttpRequest) -> bool:
    """Whether htmx asks for a fragment. The back button and boosted links must get the whole page."""
    headers = request.headers
    asked = headers.get("HX-Request") == "true"
    return asked and "HX-Boosted" not in headers and "HX-History-Restore-Request" not in headers


class Screen(View):
    """What all pages share: a template, a fragment, and the answer."""

    template = ""
    partial = ""

    def context(self) -> dict[str, Any]:
        """What the template shows. One call into the domain."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.page(self.context())

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """Render the fragment for htmx, else the whole page."""
        name = self.partial if self.partial and wants_partial(self.request) else self.template
        response = render(self.request, name, {"page": self, **context}, status=status)
        patch_vary_headers(response, ["HX-Request"])
        patch_cache_control(response, no_store=True, private=True)
        return response


class Page(Screen):
    """One screen for signed-in people. Not signed in: sign-in page. Not allowed: 403. Not yours or not there: 404."""

    permission: Perm

    def __init_subclass__(cls, abstract: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not abstract and not isinstance(getattr(cls, "permission", None), Perm):
            raise ImproperlyConfigured(f"{cls.__qualname__} must declare a Perm")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.may(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class OpenPage(Screen):
    """One screen without sign-in. `open_because` says why; the sentence stands in the access matrix."""

    open_because = ""

    def __init_subclass__(cls, abstract: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not abstract and not cls.open_because:
            raise ImproperlyConfigured(f"{cls.__qualname__} must say why it is open")
