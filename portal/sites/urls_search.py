"""Search and shortcuts, on both hosts."""

from django.urls import path

from portal.sites.views.search import Palette, SearchPage, Shortcuts

app_name = "search"
urlpatterns = [
    path("search/", SearchPage.as_view(), name="page"),
    path("-/palette/", Palette.as_view(), name="palette"),
    path("-/shortcuts/", Shortcuts.as_view(), name="shortcuts"),
]
