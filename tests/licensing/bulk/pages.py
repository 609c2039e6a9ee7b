"""Addresses, buttons and uploads of the pages about bulk assignments."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from licensing.models import AssignmentTemplate

BASE = "/licences/phone-system/bulk/"


def address(template: AssignmentTemplate, page: str) -> str:
    """A page about `template`."""
    return f"{BASE}{template.uuid}/{page}/"


def buttons(answer: object) -> list[str]:
    """The words on the buttons of the list's first row."""
    cell = answer.content.decode().split('class="row-actions">')[1].split("</td>")[0]
    return re.findall(r"</svg>([^<]+)<", cell)


def upload(look: Client, template: AssignmentTemplate, content: bytes, name: str = "people.csv") -> object:
    """Upload a file on the page of the users."""
    return look.post(address(template, "users/upload"), {"file": SimpleUploadedFile(name, content)})
