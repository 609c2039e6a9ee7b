"""Page classes. A page declares the permission it needs; everything else is enforced here."""

from portal.core.pages.base import OpenPage, Page, wants_partial
from portal.core.pages.bulk import BulkPage
from portal.core.pages.forms import ActionPage, FormPage
from portal.core.pages.lists import ListPage
from portal.core.pages.versions import VersionedFormPage

__all__ = ["ActionPage", "BulkPage", "FormPage", "ListPage", "OpenPage", "Page", "VersionedFormPage", "wants_partial"]
