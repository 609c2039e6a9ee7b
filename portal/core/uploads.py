"""Uploads stop growing on our side long before they fill a disk (SEC-07)."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

# The largest upload of any page, with room above it: what is cut here is still larger than any page takes.
MOST_BYTES = 12 * 1024 * 1024


class CappedUploadHandler(FileUploadHandler):
    """Stands before the handlers that keep bytes and passes on the first 12 MB of each file. It keeps nothing itself.

    What is longer arrives cut, and is refused by its form as too large, because every form's limit lies below.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start < MOST_BYTES else None

    def file_complete(self, file_size: int) -> Any:
        return None
