"""The tree of files carries nothing of the machine that it was written on."""

import re
import subprocess

import pytest

from tests.house.source import ROOT

ELSEWHERE = {
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work|root|home|Users)/\w"),
    "the host of a package registry": re.compile(r"pypi\.org|pythonhosted|npmjs|registry\.|deb\.debian|find-links\s*="),
}


def _files() -> list[str]:
    """Files that are or would be committed."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    return subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")[:-1]


@pytest.mark.parametrize("fault", ELSEWHERE)
def test_no_file_names(fault: str) -> None:
    found = []
    for name in _files():
        path = ROOT / name
        if name == "tests/house/test_tree.py" or not path.is_file() or "vendor" in path.parts:
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{name}: {match.group()}" for match in ELSEWHERE[fault].finditer(text)]
    assert found == []


def test_lock_files_name_packages_and_hashes_only() -> None:
    locks = list((ROOT / "requirements").glob("*.txt"))
    assert locks
    for lock in locks:
        assert re.search(r"https?://|^--", lock.read_text(), re.MULTILINE) is None, lock.name
    assert not (ROOT / "uv.lock").exists()


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for name in _files():
        if name.endswith(".md"):
            for link in re.findall(r"\]\(([^)#:]+)[^):]*\)", (ROOT / name).read_text()):
                if not (ROOT / name).parent.joinpath(link).exists():
                    broken.append(f"{name}: {link}")
    assert broken == []
