"""Pages of the kernel keep the strict Content-Security-Policy and the sprite holds every icon that they name."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from openmission.kernel.gallery import gallery_context

ROOT = Path(__file__).resolve().parents[2] / "openmission"
TEMPLATES = sorted(ROOT.rglob("templates/**/*.html"))
PAGES = ["kernel/gallery.html", "400.html", "403.html", "404.html", "500.html"]


def page(name: str) -> str:
    request = RequestFactory().get("/")
    return render_to_string(name, gallery_context() | {"request": request})


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_inline_script_or_style(name: str) -> None:
    html = page(name)
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_unique_ids_and_one_h1(name: str) -> None:
    html = page(name)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert html.count("<h1") == 1


def test_the_error_pages_render_without_a_request() -> None:
    assert "Nothing to show here" in render_to_string("404.html")
    assert "Something went wrong" in render_to_string("500.html")
    assert "Only supervisors" in render_to_string("403.html", {"reason": "Only supervisors."})


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "kernel" / "static" / "icons.svg").read_text()))
    named = {name for path in TEMPLATES for name in re.findall(r'(?:{% icon |\bicon=)"([a-z0-9-]+)"', path.read_text())}
    assert named
    assert named <= sprite
