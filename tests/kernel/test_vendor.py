"""Files of others are what vendor.toml says they are, and carry their licence."""

import hashlib
import tomllib
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[2] / "openmission" / "kernel" / "static" / "vendor"
PACKAGES = tomllib.loads((VENDOR / "vendor.toml").read_text())["package"]


def test_every_file_has_the_recorded_sum() -> None:
    found = {
        f"{p['folder']}/{name}": hashlib.sha256((VENDOR / p["folder"] / name).read_bytes()).hexdigest()
        for p in PACKAGES
        for name in p["sha256"]
    }
    assert found == {f"{p['folder']}/{name}": value for p in PACKAGES for name, value in p["sha256"].items()}


def test_every_package_has_its_licence_and_no_file_is_unrecorded() -> None:
    recorded = {f"{p['folder']}/{name}" for p in PACKAGES for name in [*p["sha256"], "LICENSE"]}
    present = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    assert present == recorded | {"vendor.toml"}
