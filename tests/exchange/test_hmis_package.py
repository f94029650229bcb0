"""Opening what somebody uploads: sound zips and folders open, everything else says why not."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from openmission.exchange.hmis_fy2026 import package
from openmission.exchange.hmis_fy2026.package import Unreadable, open_package
from tests.exchange.invented_export import InventedExport, standard


def _fingerprint(path: Path) -> str:
    with open_package(path, standard()) as opened:
        assert set(opened.openers) == set(standard())
        return opened.fingerprint()


def test_zip_zip_with_one_folder_and_folder_are_the_same_export(tmp_path: Path) -> None:
    export = InventedExport()
    prints = {
        _fingerprint(export.write_zip(tmp_path / "flat.zip")),
        _fingerprint(export.write_zip(tmp_path / "inside.zip", inside="HMIS export/")),
        _fingerprint(export.write_folder(tmp_path / "folder")),
        _fingerprint(export.write_folder(tmp_path / "outer" / "inner").parent),
    }
    assert len(prints) == 1


def test_another_value_is_another_fingerprint(tmp_path: Path) -> None:
    export = InventedExport()
    before = _fingerprint(export.write_zip(tmp_path / "a.zip"))
    export.rows["Client"][0]["FirstName"] = "Oak"
    assert _fingerprint(export.write_zip(tmp_path / "b.zip")) != before


def _zip(*entries: tuple[str, bytes]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in entries:
                archive.writestr(name, content)

    return write


def _encrypted(path: Path) -> None:
    InventedExport().write_zip(path)
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = content.find(mark)
        while start >= 0:
            content[start + offset] |= 1
            start = content.find(mark, start + 4)
    path.write_bytes(bytes(content))


def _cut_short(path: Path) -> None:
    path.write_bytes(InventedExport().write_zip(path).read_bytes()[:500])


BAD = {
    "empty": lambda path: path.write_bytes(b""),
    "not_a_zip": lambda path: path.write_bytes(b"PersonalID,FirstName\n1,Ash\n"),
    "damaged_zip": _cut_short,
    "encrypted": _encrypted,
    "no_export_inside": _zip(("readme.txt", b"hello"), ("a/b/Client.csv", b"too deep")),
    "two_folders": _zip(("Client.csv", b"PersonalID"), ("more/Exit.csv", b"ExitID")),
    "twice": _zip(("Client.csv", b"PersonalID"), ("client.CSV", b"PersonalID")),
    "suspicious_path": _zip(("../Client.csv", b"PersonalID")),
    "too_many_entries": _zip(*((f"{n}.txt", b"") for n in range(package.MAX_ENTRIES + 1))),
    "too_large": _zip(("Client.csv", b"0" * 12 * 2**20)),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_package_says_why(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "upload.zip"
    BAD[kind](path)
    with pytest.raises(Unreadable) as refused, open_package(path, standard()):
        pass
    assert refused.value.kind == kind


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused, open_package(tmp_path / "gone.zip", standard()):
        pass
    assert (refused.value.kind, refused.value.detail) == ("not_found", "gone.zip")


def test_bytes_damaged_inside_the_zip_are_noticed_while_reading(tmp_path: Path) -> None:
    path = InventedExport().write_zip(tmp_path / "export.zip")
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("Disabilities.csv")
    middle = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
    content[middle] ^= 0xFF
    path.write_bytes(bytes(content))
    with pytest.raises(Unreadable) as refused:
        _fingerprint(path)
    assert (refused.value.kind, refused.value.detail) == ("damaged", "Disabilities.csv")


def test_what_a_mac_adds_to_a_zip_is_passed_over(tmp_path: Path) -> None:
    path = InventedExport().write_zip(tmp_path / "export.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/Client.csv", b"\x00\x05\x16\x07")
        archive.writestr("._Client.csv", b"\x00\x05\x16\x07")
    assert _fingerprint(path)
