"""Uploaded files while they come in: the form's token is read before any page, so this is what stands first."""

from typing import Any

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

MOST_BYTES = 201 * 2**20
"""Of one request; just above the largest file that a page takes, so that the page itself can say it is too large."""


class BoundedUploads(TemporaryFileUploadHandler):
    """Keeps nothing of who is not signed in, and never more than `MOST_BYTES` on the disk."""

    def __init__(self, request: Any = None):
        super().__init__(request)
        self.received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if getattr(self.request, "viewer", None) is None:
            raise SkipFile
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received <= MOST_BYTES:
            super().receive_data_chunk(raw_data, start)
