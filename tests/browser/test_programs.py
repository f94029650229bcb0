"""The programs, as anyone at work looks them up."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import look


@pytest.mark.parametrize("program", ["MISSION", "Linkage only"])
def test_a_program_can_be_read_by_everybody(page_as: Callable[..., Page], program: str) -> None:
    page = page_as("program_manager")
    page.goto("/programs/")
    page.get_by_role("link", name=f"{program}, version 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(program)
    page.get_by_text("Our agreement").click()
    look(page, f"program-{program.lower().replace(' ', '-')}")
