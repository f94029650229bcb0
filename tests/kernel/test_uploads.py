"""What is uploaded takes no room before anybody has asked who sends it, and never more than a page could take."""

import pytest
from django.core.files.uploadhandler import SkipFile

from openmission.kernel import uploads
from openmission.kernel.uploads import BoundedUploads


class _Request:
    def __init__(self, viewer: object):
        self.viewer = viewer


def test_nothing_is_kept_of_who_is_not_signed_in() -> None:
    with pytest.raises(SkipFile):
        BoundedUploads(_Request(None)).new_file("file", "export.zip", "application/zip", 0)


def test_what_is_too_large_is_counted_but_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    handler = BoundedUploads(_Request(object()))
    for name in ("one.zip", "two.zip"):
        handler.new_file("file", name, "application/zip", 0)
        for start in (0, 8):
            handler.receive_data_chunk(b"x" * 8, start)
        kept = handler.file_complete(16)
        assert kept is not None and kept.size == 16
        with open(kept.temporary_file_path(), "rb") as file:
            assert len(file.read()) == (8 if name == "one.zip" else 0)
        kept.close()
